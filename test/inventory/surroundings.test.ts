import {describe, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {GearError} from '../../src/errors.ts';
import type {AccountCalls} from '../../src/inventory/account/account-calls.ts';
import {ruleName} from '../../src/inventory/account/event-rules.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {quietCalls} from './quiet-calls.ts';

const account = '111122223333';
const region = 'eu-central-1';
const arnOf = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
const functionArn = arnOf('lambda', 'function:ingest');
const role = `arn:aws:iam::${account}:role/ingest`;
const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));
const key = arnOf('kms', 'key/0f');

const anybody = (Action: string) =>
  JSON.stringify({Statement: [{Effect: 'Allow', Principal: '*', Action, Resource: '*'}]});

const resources = [
  // A table once, however it is named.
  `arn:aws:dynamodb:*:${account}:table/orders`,
  arnOf('dynamodb', 'table/orders/index/*'),
  `${arnOf('secretsmanager', 'secret:api-key')}-??????`,
  key,
  arnOf('sns', 'placed'),
  arnOf('sqs', 'outgoing'),
  'arn:aws:s3:::receipts/*',
  // Somewhere else, or everything: nobody asks for these.
  `arn:aws:sqs:us-east-1:${account}:elsewhere`,
  `arn:aws:sns:${region}:444455556666:theirs`,
  arnOf('sqs', 'orders-*'),
  '*',
];

/** A function whose role names one of each, and that a bucket and a rule invoke. */
const used: Partial<AccountCalls> = {
  functions: async () => [{FunctionName: 'ingest', FunctionArn: functionArn, Role: role, CodeSize: 1000}],
  rolesAndPolicies: async () => ({
    roles: [
      {
        RoleName: 'ingest',
        Arn: role,
        AssumeRolePolicyDocument: encoded({Statement: []}),
        RolePolicyList: [
          {
            PolicyName: 'ingest',
            PolicyDocument: encoded({Statement: [{Effect: 'Allow', Action: 's3:PutObject', Resource: resources}]}),
          },
        ],
      },
    ],
    policies: [],
  }),
  functionPolicy: async () =>
    JSON.stringify({
      Statement: [permission('s3', 'arn:aws:s3:::receipts'), permission('events', arnOf('events', 'rule/bus/nightly'))],
    }),
};

function permission(service: string, source: string) {
  return {
    Effect: 'Allow',
    Principal: {Service: `${service}.amazonaws.com`},
    Action: 'lambda:InvokeFunction',
    Resource: functionArn,
    Condition: {ArnLike: {'AWS:SourceArn': source}, StringEquals: {'AWS:SourceAccount': account}},
  };
}

async function auditOf(changed: Partial<AccountCalls>) {
  const inventory = await readAccountInventory({...quietCalls, ...used, ...changed}, {account, region});
  const {findings, notChecked} = audit(inventory, rules, {today: '2026-11-21'});
  return {findings, notChecked, of: (id: string) => findings.filter(({rule}) => rule === id)};
}

test('only what a function or its role names is asked for, each once', async () => {
  const asked: string[] = [];
  const record = (call: string) => async (what: string) => {
    asked.push(`${call} ${what}`);
    return undefined;
  };
  await auditOf({
    queueAttributes: record('queue'),
    topicAttributes: record('topic'),
    keyPolicy: record('key'),
    secretPolicy: record('secret'),
    bucketPolicy: record('bucket'),
    hasPointInTimeRecovery: record('table'),
    targetsOfRule: async ({name, eventBus}) => record('rule')(`${eventBus} ${name}`),
  });
  expect(asked.sort()).toEqual([
    'bucket receipts',
    `key ${key}`,
    `queue ${arnOf('sqs', 'outgoing')}`,
    'rule bus nightly',
    `secret ${arnOf('secretsmanager', 'secret:api-key')}`,
    'table orders',
    `topic ${arnOf('sns', 'placed')}`,
  ]);
});

test('a bucket tells which of its objects invoke a function, and that it may write them', async () => {
  const notifying = (FilterRules: {Name: 'prefix' | 'suffix'; Value: string}[], to = functionArn) => ({
    LambdaFunctionArn: to,
    Events: [],
    Filter: {Key: {FilterRules}},
  });
  const all = await auditOf({notificationsOfBucket: async () => [notifying([]), notifying([], `${functionArn}-2`)]});
  expect(all.of('resilience/writes-to-own-trigger')).toMatchObject([
    {severity: 'medium', evidence: {bucket: 'receipts'}},
  ]);
  const some = await auditOf({notificationsOfBucket: async () => [notifying([{Name: 'suffix', Value: '.csv'}])]});
  expect(some.of('resilience/writes-to-own-trigger')).toMatchObject([{severity: 'low'}]);
});

test('a rule that only pings loses nothing, and one that also sends work does', async () => {
  const ping = {Id: 'a', Arn: functionArn, Input: '{"gear": "keep-warm"}'};
  const work = {Id: 'b', Arn: `${functionArn}:live`};
  const of = async (targets: readonly object[]) => {
    const {findings} = await auditOf({targetsOfRule: async () => targets as never});
    return findings.filter(({rule}) => rule === 'resilience/no-failure-destination').map(({evidence}) => evidence);
  };
  expect(await of([ping])).toEqual([{triggers: ['bucket']}]);
  expect(await of([ping, work])).toEqual([{triggers: ['bucket', 'event-rule']}]);
});

test('a table whose items expire needs no recovery, and is asked only where there is none', async () => {
  const asked: string[] = [];
  const itemsExpire = async (table: string) => {
    asked.push(table);
    return true;
  };
  expect(
    (await auditOf({hasPointInTimeRecovery: async () => true, itemsExpire})).of('resilience/table-without-recovery'),
  ).toEqual([]);
  expect(asked).toEqual([]);
  expect(
    (await auditOf({hasPointInTimeRecovery: async () => false, itemsExpire})).of('resilience/table-without-recovery'),
  ).toEqual([]);
  expect(asked).toEqual(['orders']);
  expect(
    (await auditOf({hasPointInTimeRecovery: async () => false})).of('resilience/table-without-recovery'),
  ).toHaveLength(1);
});

describe('reserved concurrency', () => {
  test('is asked of no function when the account has reserved none', async () => {
    const reservedConcurrency = async () => {
      throw new TypeError('it was asked');
    };
    await auditOf({reservedConcurrency});
  });

  test('is found where some is reserved', async () => {
    const {of} = await auditOf({
      accountSettings: async () => ({total: 1000, unreserved: 900}),
      reservedConcurrency: async () => 0,
    });
    expect(of('resilience/reserved-concurrency-zero')).toHaveLength(1);
  });
});

test('an HTTP endpoint of a topic without a dead-letter queue drops events, and an unconfirmed one is nobody yet', async () => {
  const {of} = await auditOf({
    topicAttributes: async () => ({Policy: anybody('sns:Publish')}),
    subscriptions: async () => [
      {Protocol: 'https', Endpoint: 'https://partner.example.com', SubscriptionArn: arnOf('sns', 'placed:1')},
      {Protocol: 'https', Endpoint: 'https://unknown.example.com', SubscriptionArn: 'PendingConfirmation'},
      {Protocol: 'lambda', Endpoint: functionArn, SubscriptionArn: arnOf('sns', 'placed:2')},
    ],
  });
  expect(of('resilience/undelivered-events-dropped')).toMatchObject([
    {severity: 'medium', evidence: {target: 'https://partner.example.com'}},
  ]);
  expect(of('iam/open-resource-policy')).toMatchObject([{resource: 'placed', evidence: {action: 'sns:Publish'}}]);
});

describe('what AWS refuses is not checked', () => {
  const denied = async () => {
    throw new GearError('Could not do it: AccessDenied', {code: 'AWS_ERROR'});
  };
  test.each<[keyof AccountCalls, string, Partial<AccountCalls>?]>([
    ['queueAttributes', 'iam/open-resource-policy'],
    ['queueAttributes', 'resilience/*'],
    ['topicAttributes', 'iam/open-resource-policy'],
    [
      'subscriptions',
      'resilience/undelivered-events-dropped',
      {topicAttributes: async () => ({Policy: anybody('sns:Publish')})},
    ],
    ['keyPolicy', 'iam/open-resource-policy'],
    ['secretPolicy', 'iam/open-resource-policy'],
    ['bucketPolicy', 'iam/open-resource-policy'],
    ['notificationsOfBucket', 'resilience/writes-to-own-trigger'],
    ['targetsOfRule', 'resilience/*'],
    ['hasPointInTimeRecovery', 'resilience/table-without-recovery'],
    ['itemsExpire', 'resilience/table-without-recovery', {hasPointInTimeRecovery: async () => false}],
    ['accountSettings', 'resilience/*'],
  ])('%s: %s', async (call, rule, more = {}) => {
    const {notChecked} = await auditOf({...more, [call]: denied});
    expect(notChecked.map(entry => `${entry.rule}: ${entry.reason}`)).toContain(
      `${rule}: Could not do it: AccessDenied`,
    );
  });

  test('nor a policy that nobody can read', async () => {
    const {notChecked} = await auditOf({keyPolicy: async () => '{"Statement": 7}'});
    expect(notChecked.map(({rule}) => rule)).toEqual(['iam/open-resource-policy']);
  });
});

test.each([
  ['arn:aws:events:eu-central-1:111122223333:rule/nightly', {name: 'nightly'}],
  ['arn:aws:events:eu-central-1:111122223333:rule/orders/placed', {name: 'placed', eventBus: 'orders'}],
  [
    'arn:aws:events:eu-central-1:111122223333:rule/aws.partner/shop.com/1/placed',
    {name: 'placed', eventBus: 'aws.partner/shop.com/1'},
  ],
])('the rule %s is asked for on its own event bus', (arn, expected) => {
  expect(ruleName(arn)).toEqual(expected);
});
