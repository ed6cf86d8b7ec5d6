import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {applyOptions, checkOptions} from '../../../src/scaffold/options/apply-options.ts';
import {renderService} from '../../../src/scaffold/render-service.ts';

test.each(['', '  ', 'security', '- -', 'two\nlines here'])('--vpc %j is no reason', reason => {
  expect(() => checkOptions({vpc: reason})).toThrow('--vpc takes the reason why the functions are in a VPC');
});

test('a few words are a reason', () => {
  expect(() => checkOptions({vpc: 'reaches the orders database'})).not.toThrow();
});

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html says what a tag takes. */
test.each([
  ['reaches the orders database', 'reaches the orders database'],
  [
    'the "orders" database, 7/24, has no public endpoint (ask Ada)',
    'the orders database 7/24 has no public endpoint ask Ada',
  ],
  [`reaches ${'ß'.repeat(300)}`, `reaches ${'ß'.repeat(248)}`],
])('the reason %j is in the metadata as it is, and as %j in a tag', async (reason, tag) => {
  const service = {template: 'http-api', language: 'typescript', queue: undefined, name: 'orders'};
  const {files} = applyOptions({...service, files: await renderService(service)}, {vpc: reason});
  const template = parse(files.find(({path}) => path === 'template.yaml')!.contents, {logLevel: 'silent'});
  const {Metadata, Properties} = template.Resources.ApiFunction;
  expect(Metadata.Gear.VpcReason).toBe(reason);
  expect(Properties.Tags).toEqual([{Key: 'gear:VpcReason', Value: tag}]);
});
