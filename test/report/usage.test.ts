import {expect, test} from 'vitest';
import type {FunctionUsage, Grant, UsageReport} from '../../src/local/access/usage.ts';
import {type UsagePaint, usageText} from '../../src/report/usage.ts';

const same = (text: string) => text;
const plain: UsagePaint = {bold: same, dim: same, red: same, green: same, yellow: same};
const queue = 'arn:aws:sqs:us-east-1:000000000000:orders';
const time = '2026-01-01T00:00:00.000Z';

function grant(more: Partial<Grant>): Grant {
  const base = {policy: 'ingest', sid: 'Queue', index: 0, action: 'sqs:SendMessage', resource: queue, uses: []};
  return {...base, status: 'unused', count: 0, ...more};
}

function used(count: number, onBehalf: number, action = 'sqs:SendMessage'): Grant['uses'][number] {
  return {action, resource: queue, count, onBehalf, first: time, last: time, lastRequestId: 'r'};
}

const ingest: FunctionUsage = {
  functionName: 'orders-Ingest-4F2K',
  logicalId: 'IngestFunction',
  stackName: 'orders',
  roleArn: 'arn:aws:iam::000000000000:role/orders-IngestRole-7Q1Z',
  invocations: 9,
  sharedWith: [],
  counts: {granted: 5, used: 3, unused: 1, notExercised: 1, denied: 1},
  granted: [
    grant({status: 'used', count: 3, uses: [used(3, 0)]}),
    grant({action: 'sqs:ReceiveMessage', status: 'used', count: 12, uses: [used(12, 12)]}),
    grant({action: 'sqs:Get*', status: 'used', count: 1, uses: [used(1, 0, 'sqs:GetQueueUrl')]}),
    grant({action: 'sqs:PurgeQueue'}),
    grant({
      action: 'kms:Decrypt',
      resource: '*',
      status: 'not exercised',
      reason: 'gear local does not implement kms:Decrypt',
    }),
  ],
  denied: [
    {
      action: 'sqs:DeleteQueue',
      resource: queue,
      count: 2,
      last: time,
      lastRequestId: 'r',
      message: 'User: i is not authorized',
      allowedSince: false,
    },
  ],
};

test('says for each function what was granted, used, unused and denied', () => {
  const report: UsageReport = {functions: [ingest], roles: [], summary: ingest.counts};
  expect(usageText(report, plain)).toBe(`IngestFunction (orders-Ingest-4F2K) of orders, 9 invocations
  granted 5 · used 3 · unused 1 · not exercised 1 · denied 1
  role orders-IngestRole-7Q1Z
  used           sqs:SendMessage     ${queue}  ingest/Queue
                 3 times
  used           sqs:ReceiveMessage  ${queue}  ingest/Queue
                 12 times, by AWS for the function
  used           sqs:Get*            ${queue}  ingest/Queue
                 sqs:GetQueueUrl once
  unused         sqs:PurgeQueue      ${queue}  ingest/Queue
  not exercised  kms:Decrypt         *  ingest/Queue
                 because gear local does not implement kms:Decrypt
  denied         sqs:DeleteQueue on ${queue}, 2 times: User: i is not authorized
`);
});

test('adds several functions up, and names those that share a role', () => {
  const counts = {granted: 0, used: 0, unused: 0, notExercised: 0, denied: 0};
  const redrive: FunctionUsage = {
    functionName: 'redrive',
    roleArn: 'arn:aws:iam::000000000000:role/shared',
    invocations: 1,
    sharedWith: ['other'],
    counts,
    granted: [],
    denied: [],
  };
  const text = usageText({functions: [redrive, ingest], roles: [], summary: ingest.counts}, plain);
  expect(text).toContain('redrive, 1 invocation\n  granted 0 · used 0 · unused 0 · denied 0\n');
  expect(text).toContain('  role shared with other\n  the role grants nothing\n');
  expect(text).toMatch(/\nall functions {2}granted 5 · used 3 · unused 1 · not exercised 1 · denied 1\n$/);
});

test('tells of the roles that services take, behind those of functions', () => {
  const {counts, granted} = ingest;
  const roleArn = 'arn:aws:iam::000000000000:role/orders-ScheduleRole-1Z';
  const schedule = {logicalId: 'ScheduleRole', stackName: 'orders', roleArn, counts, granted, denied: []};
  const text = usageText({functions: [ingest], roles: [schedule], summary: counts}, plain);
  expect(text).toContain(`
ScheduleRole (orders-ScheduleRole-1Z) of orders, a role that AWS takes
  granted 5 · used 3 · unused 1 · not exercised 1 · denied 1
  used           sqs:SendMessage     ${queue}  ingest/Queue
`);
  expect(text).toMatch(/\nall roles {2}granted 5/);
});

test('counts the resources of an action where there are several', () => {
  const uses = [used(3, 1), {...used(2, 0), resource: `${queue}-dlq`}, used(1, 1, 'sqs:ReceiveMessage')];
  const granted = [grant({action: 'sqs:*', resource: '*', status: 'used', count: 6, uses})];
  const text = usageText({functions: [{...ingest, granted, denied: []}], roles: [], summary: ingest.counts}, plain);
  expect(text).toContain('  sqs:SendMessage 5 times on 2 resources, 1 by AWS for the function\n');
  expect(text).toContain(`  sqs:ReceiveMessage once on ${queue}, by AWS for the function\n`);
});

test('keeps a denial that was remedied apart', () => {
  const denied = ingest.denied.map(call => ({...call, allowedSince: true}));
  const text = usageText({functions: [{...ingest, denied}], roles: [], summary: ingest.counts}, plain);
  expect(text).toContain(`  denied before  sqs:DeleteQueue on ${queue}, 2 times; allowed since\n`);
});

test('marks what is unused and denied, and leaves a clean line alone', () => {
  const marked: UsagePaint = {...plain, yellow: text => `<${text}>`, red: text => `!${text}!`};
  const text = usageText({functions: [ingest], roles: [], summary: ingest.counts}, marked);
  expect(text).toContain('granted 5 · used 3 · <unused 1> · <not exercised 1> · !denied 1!');
});

test('says that there is nothing to report on', () => {
  const summary = {granted: 0, used: 0, unused: 0, notExercised: 0, denied: 0};
  expect(usageText({functions: [], roles: [], summary}, plain)).toContain('No functions are deployed');
});
