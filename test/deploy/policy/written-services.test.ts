import {expect, test} from 'vitest';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {deployerPolicies} from '../../../src/deploy/policy/deployer-policy.ts';
import {largestPolicy} from '../../../src/deploy/policy/split-policy.ts';
import {applyOptions} from '../../../src/scaffold/options/apply-options.ts';
import {options} from '../../../src/scaffold/options/options.ts';
import {renderService} from '../../../src/scaffold/render-service.ts';
import {parametersFor} from '../../drives/index.ts';
import {chosen} from '../../scaffold/options/written-service.ts';
import {variants} from '../../templates/variants.ts';

test.each(variants)('the policy of $title covers it with every option', async ({template, language, queue}) => {
  const plain = await renderService({template, language, queue, name: 'orders'});
  const {files} = applyOptions({name: 'orders', language, files: plain}, chosen(...options.map(({name}) => name)));
  const {contents} = files.find(({path}) => path === 'template.yaml')!;
  const parameters = parametersFor(template, 'http://127.0.0.1:1/');
  const {policies, notes} = deployerPolicies({
    template: parseTemplate(contents, 'template.yaml'),
    service: 'orders',
    place: {account: '123456789012', region: 'eu-central-1', stackName: 'orders'},
    parameters,
    bucketExists: false,
    purposes: ['deploy', 'destroy', 'drift', 'hotswap', 'observe'],
  });
  const characters = policies.map(({document}) => JSON.stringify(document).length);
  expect(characters.filter(count => count > largestPolicy)).toEqual([]);
  // Its roles have a boundary by these options.
  expect(notes.filter(note => note.includes('boundary'))).toEqual([]);
  const statements = policies.flatMap(({document}) => document.Statement);
  for (const {Sid, Condition} of statements)
    if (/^(GrantToRoles|AttachToRoles)/.test(Sid))
      expect(Condition?.StringEquals).toHaveProperty(
        ['iam:PermissionsBoundary'],
        chosen('permissions-boundary')['permissions-boundary'],
      );
});
