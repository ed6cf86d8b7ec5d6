import {afterEach, describe, expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {accountClients} from '../../src/cli/account-clients.ts';
import {awsAccountCalls} from '../../src/inventory/account/aws-account-calls.ts';
import {listedOnly} from '../../src/inventory/account/listed-only.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {account, isAsynchronous, isProvisioned, tables} from '../fake-aws/account-contents.ts';
import {type AccountSize, largeAccount, scaled} from '../fake-aws/account-size.ts';
import {type FakeAws, type FakeAwsOptions, startFakeAws} from '../fake-aws/fake-aws.ts';
import {leapingPace, stamped} from '../fake-aws/leaping-pace.ts';

const region = 'eu-central-1';

let aws: FakeAws | undefined;
afterEach(async () => {
  await aws?.close();
  aws = undefined;
});

async function reading(options: FakeAwsOptions) {
  const pace = leapingPace();
  const fake = await startFakeAws({limits: true, ...options});
  aws = fake;
  const clientsOf = accountClients({signal: new AbortController().signal, pace});
  const calls = (place = region) => {
    const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example'};
    const clients = awsClients({endpoint: fake.endpoint, region: place, credentials});
    const target = {clients, identity: {account, region: place}, place: 'AWS', atAws: true, now: new Date(0)};
    return awsAccountCalls(stamped(clientsOf(target), pace));
  };
  return {fake, pace, calls};
}

function total(counts: Readonly<Record<string, number>>, only = /./): number {
  return Object.entries(counts).reduce((sum, [name, count]) => sum + (only.test(name) ? count : 0), 0);
}

/** What cannot be asked with fewer calls: each list in its largest pages, and what AWS tells of one thing at a time. */
function least({functions, roles, policies, mappings, logGroups, alarms, queues}: AccountSize) {
  const listed = {
    'lambda.ListFunctions': Math.ceil(functions / 50),
    'lambda.ListEventSourceMappings': Math.ceil(mappings / 100),
    'iam.GetAccountAuthorizationDetails': Math.ceil((roles + policies) / 1000),
    'logs.DescribeLogGroups': Math.ceil(logGroups / 50),
    'cloudwatch.DescribeAlarms': Math.ceil(alarms / 100),
    // Nobody has reserved concurrency, so that no function is asked for its own.
    'lambda.GetAccountSettings': 1,
    // Tells which functions may have provisioned concurrency: up to 500 a page.
    'cloudwatch.ListMetrics': 1,
    // One function in ten is in a VPC, and its tag says why.
    'tagging.GetResources': Math.ceil(functions / 10 / 100),
    // All VPCs of the region at once.
    'ec2.DescribeSubnets': 1,
    'ec2.DescribeRouteTables': 1,
    'ec2.DescribeVpcEndpoints': 1,
    'ec2.DescribeSecurityGroups': 1,
  };
  const each = Array.from({length: functions}, (_, index) => index);
  const ofEach = {
    // Who may invoke it, and so what does; no other call tells, and none tells of two.
    'lambda.GetPolicy': functions,
    // Where failures go matters only where nobody waits for the answer.
    'lambda.GetFunctionEventInvokeConfig': each.filter(isAsynchronous).length,
    'lambda.ListProvisionedConcurrencyConfigs': each.filter(isProvisioned).length,
    // All that feed functions or that roles name, and the one that their failures go to.
    'sqs.GetQueueAttributes': queues + 1,
    // Those that roles name or whose streams are read; DynamoDB has no list that tells of recovery.
    'dynamodb.DescribeContinuousBackups': tables,
    // Five that invoke functions, and the one that alarms tell.
    'sns.GetTopicAttributes': 6,
  };
  return {listed, all: {...listed, ...ofEach}};
}

test('5,000 functions and 2,000 roles are listed with 129 calls of Lambda and IAM', async () => {
  const {fake, calls} = await reading({size: largeAccount});
  const {functions, roles, unread} = await readAccountInventory(listedOnly(calls()), {account, region});
  expect(functions).toHaveLength(5000);
  expect(functions.filter(({vpc}) => vpc?.reason === 'the orders database')).toHaveLength(500);
  expect(roles).toHaveLength(2000);
  const counts = fake.counts();
  expect(counts).toEqual(least(largeAccount).listed);
  expect(total(counts, /^(lambda|iam)/)).toBe(129);
  expect(fake.throttled()).toBe(0);
  expect([...new Set(unread.map(({resource}) => resource))]).toEqual(['what functions are tied to']);
  expect(new Set(unread.map(({rule}) => rule)).size).toBe(unread.length);
});

const small = scaled(largeAccount, 0.06);

test('with what is asked of each function the calls stay the fewest, and below the limits', async () => {
  const {fake, calls, pace} = await reading({size: small});
  const {functions, unread} = await readAccountInventory(calls(), {account, region});
  const {all} = least(small);
  // One queue's URL tells those of the others.
  expect(fake.counts()).toEqual({...all, 'sqs.GetQueueUrl': 1});
  expect(total(fake.counts())).toBeLessThanOrEqual(total(all) * 1.05);
  expect(functions.filter(({triggers}) => triggers.length > 0)).toHaveLength(small.functions / 2);
  expect(functions.filter(({provisionedConcurrency}) => provisionedConcurrency === true)).toHaveLength(2);
  expect(unread).toEqual([]);
  expect(fake.throttled()).toBe(0);
  // The thirteenth of a second begins the next one.
  for (const family of ['GetPolicy', 'lambda']) expect(fake.most(family)).toBeLessThanOrEqual(13);
  expect(pace.now()).toBeGreaterThan((small.functions / 12) * 1000 - 1000);
});

test('several regions have limits of their own', async () => {
  const regions = ['eu-central-1', 'us-east-1', 'ap-southeast-2'];
  const {fake, calls} = await reading({size: scaled(small, 0.3), regions});
  await Promise.all(regions.map(place => readAccountInventory(calls(place), {account, region: place})));
  expect(fake.throttled()).toBe(0);
  for (const place of regions) expect(fake.counts(place)['lambda.GetPolicy']).toBe(90);
});

describe('what goes wrong on the way', () => {
  const few = scaled(small, 0.2);

  test('others who use up the limit slow it down, and nothing is lost', async () => {
    let refusals = 0;
    const {fake, calls, pace} = await reading({
      size: few,
      fail: ({operation}, count) => {
        const refuse = operation === 'GetPolicy' && count > 10 && count <= 16;
        if (refuse) refusals += 1;
        return refuse ? {code: 'TooManyRequestsException', status: 429} : undefined;
      },
    });
    const {unread, functions} = await readAccountInventory(calls(), {account, region});
    expect(unread).toEqual([]);
    expect(functions.filter(({triggers}) => triggers.length > 0)).toHaveLength(few.functions / 2);
    expect(refusals).toBe(6);
    // Each that was refused is tried once more, and none twice.
    expect(fake.counts()['lambda.GetPolicy']).toBe(few.functions + refusals);
    expect(pace.now()).toBeGreaterThan((few.functions / 12) * 1000 + 1000);
  });

  test('a fault of AWS and a cut connection are tried again', async () => {
    const {calls} = await reading({
      size: few,
      fail: ({operation}, count) =>
        count % 20 !== 7
          ? undefined
          : operation === 'GetPolicy'
            ? {code: 'ServiceException', status: 500}
            : operation === 'ListEventSourceMappings' || operation === 'DescribeLogGroups'
              ? 'hang up'
              : undefined,
    });
    expect((await readAccountInventory(calls(), {account, region})).unread).toEqual([]);
  });

  test('what is refused is asked for once each and listed as not checked', async () => {
    const {fake, calls} = await reading({
      size: few,
      fail: ({operation}) => (operation === 'GetPolicy' ? {code: 'AccessDeniedException', status: 403} : undefined),
    });
    const {unread} = await readAccountInventory(calls(), {account, region});
    expect(unread).toHaveLength(few.functions);
    expect(fake.counts()['lambda.GetPolicy']).toBe(few.functions);
  });
});
