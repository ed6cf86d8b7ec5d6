import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, expect, it, test} from 'vitest';
import NewService from '../../../src/commands/new/service.ts';
import {checkOptions} from '../../../src/scaffold/options/apply-options.ts';
import {options} from '../../../src/scaffold/options/options.ts';
import {variants} from '../../templates/variants.ts';
import {chosen, expectClean, expectDescribed, writeWith} from './written-service.ts';

/** Inside the repository, so that the services find their packages in gear's node_modules. */
const parent = fileURLToPath(new URL(`../../../.test/options-${process.pid}/`, import.meta.url));
afterAll(() => rmSync(parent, {recursive: true, force: true}));

/** What test/matrix/options.test.ts does with all services is done here with the smallest, so that it is done often. */
const [small] = variants.filter(({template}) => template === 'http-api');

const names = options.map(({name}) => name);

it.each([...names.map(name => ({title: name, names: [name]})), {title: names.join(' --'), names}])(
  'with --$title the audit finds nothing, and the README says what each role may do',
  async ({title, names}) => {
    const service = await writeWith(chosen(...names), small!, join(parent, title.replaceAll(' ', '')));
    await expectClean(service);
    expectDescribed(service);
  },
);

test.each(options)('--$name is a flag of gear new service, described in the same words', ({name, summary, value}) => {
  const flag = NewService.flags[name as keyof typeof NewService.flags];
  expect(flag).toMatchObject({description: summary, type: value === undefined ? 'boolean' : 'option'});
});

test.each(['developer-boundary', 'arn:aws:iam::123456789012:role/developer', ''])(
  '--permissions-boundary %j is refused',
  arn => {
    expect(() => checkOptions({'permissions-boundary': arn})).toThrow('that is not the ARN of a managed policy');
  },
);
