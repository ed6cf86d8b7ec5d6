import {expect, test} from 'vitest';
import type {AwsClients} from '../../../src/aws/clients.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {changedSince} from '../../../src/deploy/all/changed-since.ts';
import type {PackagedTemplate} from '../../../src/deploy/package-template.ts';
import {uploadedTemplate} from '../../../src/deploy/uploaded-template.ts';

const identity = {account: '000000000000', region: 'eu-central-1', arn: ''};
const template = (timeout: number) =>
  `Resources:\n  Save: {Type: AWS::Lambda::Function, Properties: {Timeout: ${timeout}, Code: src}}\n`;

function packaged(text: string, letter: string): PackagedTemplate {
  const zip = {hash: letter.repeat(64), bytes: new Uint8Array(), zippedBytes: 0, unzippedBytes: 0};
  return {
    template: parseTemplate(text, 'template.yaml'),
    packages: [{logicalId: 'Save', zip}],
    included: [],
    nested: [],
  };
}

/** Where a template waits in a change set, or stands in the stack. */
function account(planned: PackagedTemplate): AwsClients {
  const {template} = uploadedTemplate(planned, {identity, service: 'orders', bucket: 'gear-artifacts'});
  const Parameters = [
    {ParameterKey: 'Level', ParameterValue: 'info'},
    {ParameterKey: 'Secret', ParameterValue: '****'},
  ];
  const client = {
    describeChangeSet: async () => ({ExecutionStatus: 'AVAILABLE', ChangeSetId: 'plan', StackId: 'orders', Parameters}),
    describeStacks: async () => ({Stacks: [{StackId: 'orders', StackStatus: 'UPDATE_COMPLETE', Parameters}]}),
    getTemplate: async () => ({TemplateBody: template.text}),
  };
  return {cloudFormation: async () => client} as unknown as AwsClients;
}

const now = {service: 'orders', stackName: 'orders', parameters: {Level: 'info', Secret: 'x'}};

test.each([
  ['the same', packaged(template(3), 'a'), {}, []],
  ['other code', packaged(template(3), 'b'), {}, ['Save is not what was planned']],
  ['another property', packaged(template(4), 'a'), {}, ['Save is not what was planned']],
  [
    'an output more',
    packaged(`${template(3)}Outputs: {Name: {Value: !Ref Save}}\n`, 'a'),
    {},
    ['Name of Outputs is not what was planned'],
  ],
  ['another parameter', packaged(template(3), 'a'), {Level: 'debug'}, ['the parameter Level is not what was planned']],
])('%s, beside what was planned', async (_, there, parameters, expected) => {
  const clients = account(packaged(template(3), 'a'));
  for (const changeSet of ['plan', undefined])
    expect(
      await changedSince(clients, identity, {
        ...now,
        parameters: {...now.parameters, ...parameters},
        packaged: there,
        changeSet,
      }),
    ).toEqual(expected);
});
