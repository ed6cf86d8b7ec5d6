import {afterEach, beforeEach, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {artifactBucketName, artifactStack, findArtifactBucket} from '../../src/deploy/artifact-bucket.ts';
import {artifactBucket} from '../../src/deploy/deploy-service.ts';
import {readStack} from '../../src/deploy/read-stack.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {failingCalls, throttled} from '../flaky-aws/failing-calls.ts';
import {standing} from '../flaky-aws/service-on-disk.ts';

let cloud: LocalCloud;
let clients: AwsClients;
beforeEach(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
});
afterEach(() => cloud.close());

async function create(TemplateBody: string) {
  await (await clients.cloudFormation()).createStack({StackName: artifactStack, TemplateBody});
  await expect.poll(async () => (await readStack(clients, artifactStack))?.status).toBe('CREATE_COMPLETE');
}

test('the bucket is found among the resources of a stack that has no outputs', async () => {
  await create('Resources: {Artifacts: {Type: AWS::S3::Bucket, Properties: {BucketName: packages}}}');
  expect(await findArtifactBucket(clients)).toBe('packages');
});

test('a stack of somebody else’s with its name has no bucket for packages', async () => {
  await create('Resources: {Pictures: {Type: AWS::S3::Bucket, Properties: {BucketName: pictures}}}');
  expect(await findArtifactBucket(clients)).toBeUndefined();
});

/** As every deployment asks for it. */
function ask(by: AwsClients, further: {signal?: AbortSignal; roleArn?: string | undefined} = {}): Promise<string> {
  const {account, region, endpoint} = cloud;
  const identity = {account, region, endpoint, arn: ''};
  return artifactBucket(by, identity, {
    pollMilliseconds: 2,
    onEvent: () => {},
    ...further,
  });
}

test.each(['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DescribeStackEvents'])(
  'a bucket whose creation broke off at %s is there for the next deployment, and nothing else is left',
  async operation => {
    await expect(ask(failingCalls(cloud, {[operation]: throttled}))).rejects.toMatchObject({
      message: expect.stringContaining('AWS throttles'),
    });
    expect(await ask(clients)).toBe(artifactBucketName(cloud));
    expect(await standing(clients, artifactStack)).toMatchObject({
      status: 'CREATE_COMPLETE',
      unborn: 0,
      changeSets: 0,
      buckets: 1,
    });
  },
);

test('an interruption while the bucket is created leaves nothing, and the next deployment creates it', async () => {
  const interrupt = new AbortController();
  const interrupted = failingCalls(cloud, {
    async DescribeChangeSet(send) {
      interrupt.abort();
      return send();
    },
  });
  await expect(ask(interrupted, {signal: interrupt.signal})).rejects.toMatchObject({name: 'AbortError'});
  expect(await standing(clients, artifactStack)).toMatchObject({
    status: undefined,
    unborn: 0,
    changeSets: 0,
    buckets: 0,
  });
  expect(await ask(clients)).toBe(artifactBucketName(cloud));
});

test('a creation that fails takes the bucket along: kept, it would be in the way of the next one', async () => {
  const iam = await clients.iam();
  const policy = (Statement: readonly object[]) => JSON.stringify({Version: '2012-10-17', Statement});
  const {Role} = await iam.createRole({
    RoleName: 'half',
    AssumeRolePolicyDocument: policy([
      {Effect: 'Allow', Principal: {Service: 'cloudformation.amazonaws.com'}, Action: 'sts:AssumeRole'},
    ]),
  });
  await iam.putRolePolicy({
    RoleName: 'half',
    PolicyName: 'half',
    PolicyDocument: policy([
      {Effect: 'Allow', Action: 's3:*', Resource: '*'},
      {Effect: 'Deny', Action: 's3:PutBucketPolicy', Resource: '*'},
    ]),
  });
  await expect(ask(clients, {roleArn: Role!.Arn})).rejects.toMatchObject({code: 'DEPLOYMENT_FAILED'});
  expect(await ask(clients)).toBe(artifactBucketName(cloud));
});
