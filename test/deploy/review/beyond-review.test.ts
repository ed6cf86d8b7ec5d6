import {expect, test} from 'vitest';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {beyondReview} from '../../../src/deploy/review/beyond-review.ts';
import {dependents, dependentsWithin} from '../../../src/deploy/review/dependents.ts';

const change = (action: string, logicalId: string) => ({
  action,
  logicalId,
  resourceType: 'AWS::SQS::Queue',
  replacement: undefined,
  properties: [],
});
const role = (name: string, verdict: 'widened' | 'narrowed' | 'equal') => ({
  kind: 'role' as const,
  name,
  functions: [],
  verdict,
  widened: [],
  narrowed: [],
});
const risk = (logicalId: string, fate: 'removed' | 'replaced' | 'may be replaced') => ({
  logicalId,
  resourceType: 'AWS::SQS::Queue',
  fate,
  kept: false,
  properties: [],
});
const reviewed = {
  changes: [change('Modify', 'Invoices')],
  permissions: [role('TakeRole', 'widened'), role('SendRole', 'narrowed')],
  atRisk: [risk('Invoices', 'may be replaced')],
};

test.each([
  ['all that was reviewed', reviewed, []],
  ['less than that', {changes: [], permissions: [role('TakeRole', 'equal')], atRisk: []}, []],
  ['another resource', {...reviewed, changes: [change('Modify', 'Orders')]}, ['Modify Orders']],
  ['one that hangs on a value that was not final', {...reviewed, changes: [change('Modify', 'Mails')]}, []],
  ['the removal of such a one', {...reviewed, changes: [change('Remove', 'Mails')]}, ['Remove Mails']],
  [
    'another action on the same resource',
    {...reviewed, changes: [change('Remove', 'Invoices')]},
    ['Remove Invoices, where Modify was reviewed'],
  ],
  [
    'a role that was only to be narrowed',
    {...reviewed, permissions: [role('SendRole', 'widened')]},
    ['SendRole is widened'],
  ],
  ['a loss that only might happen', {...reviewed, atRisk: [risk('Invoices', 'replaced')]}, ['Invoices is replaced']],
])('%s', (_, now, beyond) => {
  expect(beyondReview(reviewed, now, ['Mails'])).toEqual(beyond);
});

test('what hangs on a parameter is found through conditions and other resources', () => {
  const template = parseTemplate(
    `Conditions: {IsLoud: !Equals [!Ref Note, loud], IsOther: !Not [!Condition IsLoud]}
Resources:
  Invoices: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub 'q-\${Note}'}}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Invoices]}}
  Loud: {Type: AWS::SQS::Queue, Condition: IsOther}
  Chosen: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !If [IsLoud, 1, 2]}}
  Mails: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Other}}
`,
    'template.yaml',
  );
  expect(dependents(template, ['Note'])).toEqual(['Invoices', 'Policy', 'Loud', 'Chosen']);
});

test('what hangs on a parameter is found in nested stacks, as far as it is handed on', () => {
  const stack = (parameters: string) => `{Type: AWS::CloudFormation::Stack, Properties: {Parameters: ${parameters}}}`;
  const nested = {
    template: parseTemplate(
      `Resources:\n  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Given}}\n  Other: {Type: AWS::SQS::Queue}\n`,
      'nested.yaml',
    ),
    nested: [],
  };
  const template = parseTemplate(
    `Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Note}}
  Near: ${stack('{Given: !GetAtt Topic.TopicName}')}
  Far: ${stack('{Given: fixed}')}
`,
    'template.yaml',
  );
  const inside = ['Near', 'Far'].map(logicalId => ({logicalId, ...nested}));
  expect(dependentsWithin({template, nested: inside}, ['Note'])).toEqual(['Topic', 'Near', 'Near/Queue']);
});

test('a nested stack that CloudFormation only lists is nothing new, but what changes in it is', () => {
  const listed = {...change('Modify', 'Storage'), resourceType: 'AWS::CloudFormation::Stack'};
  const now = {changes: [listed], permissions: [], atRisk: []};
  expect(beyondReview({...now, changes: []}, now, [])).toEqual([]);
  const inside = {...now, changes: [listed, change('Modify', 'Storage/Queue')]};
  expect(beyondReview({...now, changes: []}, inside, [])).toEqual(['Modify Storage', 'Modify Storage/Queue']);
});
