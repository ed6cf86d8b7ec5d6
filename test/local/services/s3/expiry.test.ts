import {expect, test} from 'vitest';
import {openS3} from './s3-bench.ts';

const day = 86_400_000;
const hour = 3_600_000;

async function openWith(rule: object) {
  const s3 = await openS3();
  const Rule = [{ID: 'tidy', Status: 'Enabled', ...rule}];
  await s3.call('PutBucketLifecycleConfiguration', {LifecycleConfiguration: {Rule}});
  expect(await s3.call('GetBucketLifecycleConfiguration')).toEqual({Rule});
  return s3;
}

test('objects that the filter names expire at the midnight after their days', async () => {
  const s3 = await openWith({Filter: {Prefix: 'in/'}, Expiration: {Days: 1}});
  await s3.clock.advance(6 * hour);
  await s3.put('in/a');
  await s3.put('out/a');
  await s3.clock.advance(1.5 * day);
  expect(await s3.keys()).toEqual(['in/a', 'out/a']);
  await s3.clock.advance(7 * hour);
  expect(await s3.keys()).toEqual(['out/a']);
});

test('a filter can ask for tags and size', async () => {
  const And = {Prefix: '', Tag: [{Key: 'keep', Value: 'no'}], ObjectSizeGreaterThan: 3};
  const s3 = await openWith({Filter: {And}, Expiration: {Days: 1}});
  await s3.put('a', 'long enough', {Tagging: 'keep=no'});
  await s3.put('b', 'x', {Tagging: 'keep=no'});
  await s3.put('c', 'long enough', {Tagging: 'keep=yes'});
  await s3.clock.advance(3 * day);
  expect(await s3.keys()).toEqual(['b', 'c']);
});

test('earlier versions expire from when they were replaced', async () => {
  const s3 = await openWith({Filter: {}, NoncurrentVersionExpiration: {NoncurrentDays: 2}});
  await s3.call('PutBucketVersioning', {VersioningConfiguration: {Status: 'Enabled'}});
  await s3.put('a', 'first');
  await s3.clock.advance(5 * day);
  await s3.put('a', 'second');
  const versions = async () => (await s3.call<{Version: unknown[]}>('ListObjectVersions')).Version.length;
  await s3.clock.advance(1 * day);
  expect(await versions()).toBe(2);
  await s3.clock.advance(2 * day);
  expect(await versions()).toBe(1);
});

test('uploads that nobody completes are aborted', async () => {
  const s3 = await openWith({Filter: {}, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 1}});
  await s3.call('CreateMultipartUpload', {Key: 'a'});
  await s3.clock.advance(2 * day + hour);
  expect(await s3.call('ListMultipartUploads')).toMatchObject({Upload: []});
});

test('a rule without an action is refused', async () => {
  await expect(openWith({Filter: {}})).rejects.toThrow('At least one action needs to be specified in a rule');
});
