import {afterEach, beforeEach, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {artifactStack, findArtifactBucket} from '../../src/deploy/artifact-bucket.ts';
import {readStack} from '../../src/deploy/read-stack.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';

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
