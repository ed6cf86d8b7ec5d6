import {expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {deleteBucket, leftBucket} from '../../src/deploy/delete-bucket.ts';

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

test('something that writes on and on is told, and does not keep the emptying busy for ever', async () => {
  let deleted = 0;
  const s3 = {
    listObjectVersions: async () => ({Versions: [{Key: 'order.json', VersionId: '1'}], IsTruncated: false}),
    listMultipartUploads: async () => ({}),
    async deleteObjects() {
      deleted += 1;
      return {};
    },
    async deleteBucket() {
      throw Object.assign(new Error('The bucket you tried to delete is not empty'), {name: 'BucketNotEmpty'});
    },
  };
  const clients = {s3: async () => s3} as unknown as AwsClients;
  const told: number[] = [];
  const onProgress = ({versions}: {versions: number}) => told.push(versions);
  await expect(deleteBucket(clients, {bucket: 'archive', owner: '1', onProgress})).rejects.toThrow(
    'Something goes on writing to the bucket archive: it stands, without the 9 versions that were deleted',
  );
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(deleted).toBe(9);
});
