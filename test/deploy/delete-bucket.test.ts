import {expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {leftBucket} from '../../src/deploy/delete-bucket.ts';

/** An account in which a stack had, or has, these resources under the name of the bucket. */
function account(resources: Readonly<Record<string, string>>): AwsClients {
  const cloudFormation = {
    describeStackResources: async () => ({
      StackResources: Object.entries(resources).map(([LogicalResourceId, ResourceStatus]) => ({
        StackName: 'orders',
        LogicalResourceId,
        PhysicalResourceId: LogicalResourceId === 'Topic' ? 'topic' : 'archive',
        ResourceStatus,
      })),
    }),
  };
  const s3 = {
    headBucket: async () => ({}),
    listObjectVersions: async () => ({}),
    listMultipartUploads: async () => ({}),
  };
  return {cloudFormation: async () => cloudFormation, s3: async () => s3} as unknown as AwsClients;
}

const left = (resources: Readonly<Record<string, string>>) =>
  leftBucket(account(resources), {bucket: 'archive', owner: '000000000000'});

test.each([
  ['is of a stack that stands', {Archive: 'CREATE_COMPLETE'}],
  [
    'is of a stack that could not be deleted, though its policy is gone',
    {Access: 'DELETE_COMPLETE', Archive: 'DELETE_FAILED'},
  ],
])('a bucket that %s is left to that stack', async (_, resources) => {
  await expect(left(resources)).rejects.toThrow('The bucket archive belongs to the stack orders');
});

test('a bucket that a stack has kept may go, whatever else is in that stack', async () => {
  const kept = {Access: 'DELETE_COMPLETE', Archive: 'DELETE_SKIPPED', Topic: 'CREATE_COMPLETE'};
  expect(await left(kept)).toEqual({versions: 0, uploads: 0, more: false});
});
