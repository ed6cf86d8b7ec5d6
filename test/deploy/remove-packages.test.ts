import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import {removePackages} from '../../src/deploy/remove-packages.ts';
import {uploadedPackages} from '../../src/deploy/uploaded-packages.ts';
import {systemClock} from '../../src/local/clock.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {removedPackagesLine} from '../../src/report/packages.ts';

const bucket = 'gear-artifacts-000000000000-us-east-1';
const packageOf = (letter: string) => `orders/Save/${letter.repeat(64)}.zip`;
const [older, prod, planned, template] = [packageOf('a'), packageOf('b'), packageOf('c'), 'orders/template/d.yaml'];
const naming = (key: string) => JSON.stringify({Metadata: {key}, Resources: {Topic: {Type: 'AWS::SNS::Topic'}}});

/** How long ago what is uploaded was. */
let ago = 2 * 60 * 60_000;
let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  cloud = await startLocalCloud({clock: {...systemClock, now: () => Date.now() - ago}});
  clients = awsClients(cloud);
  const s3 = await clients.s3();
  await s3.createBucket({Bucket: bucket});
  await s3.putBucketVersioning({Bucket: bucket, VersioningConfiguration: {Status: 'Enabled'}});
  for (const Key of [older, prod, planned, template, 'orders-api/Save/e.zip'])
    await s3.putObject({Bucket: bucket, Key, Body: Key});
  await create('orders-prod', naming(prod));
  const client = await clients.cloudFormation();
  const review = {StackName: 'orders-test', ChangeSetName: 'gear-plan', ChangeSetType: 'CREATE'} as const;
  await client.createChangeSet({...review, TemplateBody: naming(planned)});
  await create('others', naming('orders-api/Save/e.zip'));
});
afterAll(() => cloud.close());

async function create(StackName: string, TemplateBody: string): Promise<void> {
  const client = await clients.cloudFormation();
  await client.createStack({StackName, TemplateBody});
  while ((await client.describeStacks({StackName})).Stacks![0]!.StackStatus === 'CREATE_IN_PROGRESS');
}

async function keys(): Promise<readonly string[]> {
  const {Contents = []} = await (await clients.s3()).listObjectsV2({Bucket: bucket});
  return Contents.map(({Key}) => Key!);
}

const target = {bucket, service: 'orders'};

test('a package that another stack or a waiting change set names stays, and what goes can be had back', async () => {
  const options = {...target, owner: cloud.account};
  const expected = {...target, removed: 2, bytes: older.length + template.length, kept: 2, young: 0};
  const looked = await removePackages(clients, {...options, dryRun: true});
  expect(looked).toEqual({...expected, keptFor: expect.arrayContaining(['orders-prod', 'orders-test'])});
  const client = await clients.cloudFormation();
  const {StackId} = (await client.describeStacks({StackName: 'orders-prod'})).Stacks![0]!;
  const without = await removePackages(clients, {...options, dryRun: true, gone: [StackId!]});
  expect(without).toMatchObject({removed: 3, kept: 1, keptFor: ['orders-test']});
  expect(await keys()).toHaveLength(5);
  expect(await removePackages(clients, options)).toMatchObject(expected);
  expect(await keys()).toEqual(['orders-api/Save/e.zip', prod, planned].sort());
  const {Versions = []} = await (await clients.s3()).listObjectVersions({Bucket: bucket, Prefix: older});
  expect(Versions).toHaveLength(1);
});

test('a look ahead of a deletion keeps nothing for the stack that is going', async () => {
  const {Stacks = []} = await (await clients.cloudFormation()).describeStacks({StackName: 'orders-prod'});
  const options = {...target, owner: cloud.account, dryRun: true, gone: [Stacks[0]!.StackId!]};
  expect(await removePackages(clients, options)).toMatchObject({removed: 1, kept: 1, keptFor: ['orders-test']});
});

test('nothing goes while a stack that names one may roll back to another', async () => {
  const busy: AwsClients = {
    ...clients,
    async cloudFormation() {
      const client = await clients.cloudFormation();
      return Object.assign(Object.create(client), {
        async listStacks(input: object) {
          const {StackSummaries = []} = await client.listStacks(input);
          return {
            StackSummaries: StackSummaries.map(stack => ({
              ...stack,
              ...(stack.StackName === 'orders-prod' ? {StackStatus: 'UPDATE_ROLLBACK_FAILED'} : {}),
            })),
          };
        },
      });
    },
  };
  await (await clients.s3()).putObject({Bucket: bucket, Key: older, Body: older});
  const {removed, keptFor} = await removePackages(busy, {...target, owner: cloud.account});
  expect({removed, keptFor}).toEqual({removed: 0, keptFor: expect.arrayContaining(['orders-prod'])});
});

test('what a deployment may just have sent stays, but not what only a stack that is gone has named', async () => {
  ago = 30 * 60_000;
  const [mine, fresh] = [packageOf('f'), packageOf('9')];
  for (const Key of [mine, fresh]) await (await clients.s3()).putObject({Bucket: bucket, Key, Body: Key});
  await create('orders-pr', naming(mine));
  const client = await clients.cloudFormation();
  const {StackId} = (await client.describeStacks({StackName: 'orders-pr'})).Stacks![0]!;
  await client.deleteStack({StackName: 'orders-pr'});
  while ((await client.describeStacks({StackName: StackId})).Stacks![0]!.StackStatus !== 'DELETE_COMPLETE');
  const removed = await removePackages(clients, {...target, owner: cloud.account, gone: [StackId!]});
  expect(removed).toMatchObject({young: 1});
  expect(removedPackagesLine(removed, {dryRun: false})).toMatch(
    /; 1 stays, less than an hour old: a deployment may be about to use it$/,
  );
  expect(await keys()).toContain(fresh);
  expect(await keys()).not.toContain(mine);
});

test('a stack that changes while all are read is read again before anything goes', async () => {
  const Key = packageOf('1');
  ago = 2 * 60 * 60_000;
  await (await clients.s3()).putObject({Bucket: bucket, Key, Body: Key});
  let first = true;
  const moving = watchCalls(awsClients(cloud), async ({operation}, send) => {
    const answer = await send();
    // It is named right after its stack was read.
    if (operation === 'ListStacks' && first) {
      first = false;
      await create('orders-new', naming(Key));
    }
    return answer;
  });
  await removePackages(moving, {...target, owner: cloud.account});
  expect(await keys()).toContain(Key);
});

test('the packages of a stack are found by the code of its functions', () => {
  const withCode = (Code: object) => ({Topic: null, Save: {Properties: {Code}}});
  expect(uploadedPackages(withCode({S3Bucket: bucket, S3Key: prod}), cloud.account)).toEqual(target);
  expect(uploadedPackages(withCode({S3Bucket: 'builds', S3Key: prod}), cloud.account)).toBeUndefined();
  expect(uploadedPackages(withCode({ZipFile: 'x'}), cloud.account)).toBeUndefined();
});
