import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {
  answerLost,
  failingCalls,
  firstAnswerLost,
  firstRefusedAsDone,
  throttled,
  type Way,
} from '../flaky-aws/failing-calls.ts';
import {serviceOnDisk, standing} from '../flaky-aws/service-on-disk.ts';

let cloud: LocalCloud;
let steady: AwsClients;
let orders: ReturnType<typeof serviceOnDisk>;
let delay = 1;
beforeAll(async () => {
  cloud = await startLocalCloud();
  steady = awsClients(cloud);
  orders = serviceOnDisk(cloud);
  await orders.deploy(steady, delay);
});
afterAll(async () => {
  orders.remove();
  await cloud.close();
});

/** An update of which some calls go another way. */
const update = (ways: Readonly<Record<string, Way>>) => orders.deploy(failingCalls(cloud, ways), ++delay);

const throttledTwice: Way = (send, n) => (n <= 2 ? throttled(send, n) : send());

const nothingLeft = {unborn: 0, changeSets: 0};

test.each<[string, Record<string, Way>]>([
  [
    'CreateChangeSet says that there is one already',
    {CreateChangeSet: firstRefusedAsDone('AlreadyExistsException', 'ChangeSet gear-1 already exists')},
  ],
  ['no answer to CreateChangeSet arrives', {CreateChangeSet: answerLost}],
  ['no answer to ExecuteChangeSet arrives', {ExecuteChangeSet: answerLost}],
  ['the first answer to ExecuteChangeSet is lost', {ExecuteChangeSet: firstAnswerLost}],
  [
    'what is asked of it is throttled for a while',
    {DescribeChangeSet: throttledTwice, DescribeStackEvents: throttledTwice, ExecuteChangeSet: throttledTwice},
  ],
])('a deployment is done all the same when %s', async (_, ways) => {
  expect(await update(ways)).toMatchObject({changed: true, status: 'UPDATE_COMPLETE'});
  expect(await standing(steady)).toMatchObject({delays: [delay], ...nothingLeft});
});

test('packages that are taken away before a change set names them are sent again', async () => {
  const s3 = await steady.s3();
  const Bucket = `gear-artifacts-${cloud.account}-${cloud.region}`;
  const packages = async () => (await s3.listObjectsV2({Bucket, Prefix: 'orders/Save/'})).Contents ?? [];
  const removing = watchCalls(awsClients(cloud), async ({operation}, send) => {
    if (operation === 'CreateChangeSet')
      for (const {Key} of await packages()) await s3.deleteObject({Bucket, Key: Key!});
    return send();
  });
  expect(await orders.deploy(removing, ++delay)).toMatchObject({changed: true});
  expect(await packages()).toHaveLength(1);
});

test('a change set of which nobody can say whether it was made is told by its name, and that nothing is executed', async () => {
  const before = await standing(steady);
  await expect(update({CreateChangeSet: answerLost, DescribeChangeSet: throttled})).rejects.toMatchObject({
    code: 'CHANGE_SET_UNKNOWN',
    message: expect.stringMatching(
      /^Could not create a change set for orders: the connection was lost, 8 times\. Whether there is one now, gear-[0-9a-f]{12}, is not known; nothing is executed$/,
    ),
    suggestions: ['the same command again', 'aws cloudformation list-change-sets --stack-name orders'],
  });
  expect(await standing(steady)).toMatchObject({delays: before.delays, changeSets: 1});
  expect(await update({})).toMatchObject({changed: true});
  expect(await standing(steady)).toMatchObject({delays: [delay], ...nothingLeft});
});

test('a change set that was never heard of is refused as what it was, and is not looked for in vain', async () => {
  await expect(update({CreateChangeSet: throttled})).rejects.toMatchObject({
    code: 'THROTTLED',
    message: 'Could not create a change set for orders: AWS throttles, 8 times: Rate exceeded',
  });
  expect(await standing(steady)).toMatchObject(nothingLeft);
});

test('an execution of which nobody can say whether it began is told so, and how to find out', async () => {
  const deaf = {
    ExecuteChangeSet: answerLost,
    DescribeStackEvents: (send, n) => (n === 1 ? send() : throttled(send, n)),
  } satisfies Record<string, Way>;
  await expect(update(deaf)).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Could not execute the change set: .* Whether CloudFormation executes it all the same is not known$/,
    ),
    suggestions: expect.arrayContaining(['gear deploy --watch --stack orders']),
  });
  // It did.
  expect(await orders.deploy(steady, delay)).toMatchObject({changed: false});
  expect(await standing(steady)).toMatchObject({delays: [delay], ...nothingLeft});
});

test('code that Lambda is still taking is given to it again once it has, whoever began it', async () => {
  const calls: string[] = [];
  const noted = (name: string, way: Way): Record<string, Way> => ({
    [name]: (send, n) => {
      calls.push(name);
      return way(send, n);
    },
  });
  orders.code(2);
  const by = failingCalls(cloud, {
    ...noted('UpdateFunctionCode', firstRefusedAsDone('ResourceConflictException', 'An update is in progress')),
    ...noted('GetFunctionConfiguration', send => send()),
  });
  expect(await orders.hotswap(by, delay)).toEqual({functions: ['Save']});
  const [first, ...rest] = calls.slice(calls.indexOf('UpdateFunctionCode'));
  expect([first, ...new Set(rest)]).toEqual(['UpdateFunctionCode', 'GetFunctionConfiguration', 'UpdateFunctionCode']);
  expect(await orders.hotswap(steady, delay)).toEqual({functions: []});
});
