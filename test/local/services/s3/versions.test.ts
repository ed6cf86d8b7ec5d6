import {expect, test} from 'vitest';
import {openS3} from './s3-bench.ts';

async function openVersioned(Status = 'Enabled') {
  const s3 = await openS3();
  await s3.call('PutBucketVersioning', {VersioningConfiguration: {Status}});
  return s3;
}

interface Versions {
  readonly Version: {Key: string; VersionId: string; IsLatest: boolean}[];
  readonly DeleteMarker: {Key: string; VersionId: string; IsLatest: boolean}[];
  readonly NextKeyMarker?: string;
  readonly NextVersionIdMarker?: string;
}

test('every write is a version, and an earlier one can be read', async () => {
  const s3 = await openVersioned();
  const first = await s3.put('a.txt', 'first');
  const second = await s3.put('a.txt', 'second');
  expect(first.VersionId).not.toBe(second.VersionId);
  s3.restart();
  expect((await s3.get('a.txt')).text).toBe('second');
  expect(await s3.get('a.txt', {VersionId: first.VersionId})).toMatchObject({
    text: 'first',
    VersionId: first.VersionId,
  });
  await expect(s3.get('a.txt', {VersionId: 'none'})).rejects.toMatchObject({code: 'NoSuchVersion'});
});

test('deleting puts a marker in front, and deleting the marker brings the object back', async () => {
  const s3 = await openVersioned();
  await s3.put('a.txt', 'kept');
  const {VersionId, DeleteMarker} = await s3.call('DeleteObject', {Key: 'a.txt'});
  expect(DeleteMarker).toBe(true);
  await expect(s3.get('a.txt')).rejects.toMatchObject({code: 'NoSuchKey'});
  await expect(s3.get('a.txt', {VersionId})).rejects.toMatchObject({code: 'MethodNotAllowed'});
  expect(await s3.keys()).toEqual([]);
  expect(await s3.call('DeleteObject', {Key: 'a.txt', VersionId})).toEqual({VersionId, DeleteMarker: true});
  expect((await s3.get('a.txt')).text).toBe('kept');
});

test('an object from before versioning is the version null; a suspended bucket writes that one', async () => {
  const s3 = await openS3();
  await s3.put('a.txt', 'before');
  await s3.call('PutBucketVersioning', {VersioningConfiguration: {Status: 'Enabled'}});
  await s3.put('a.txt', 'versioned');
  expect((await s3.get('a.txt', {VersionId: 'null'})).text).toBe('before');
  await s3.call('PutBucketVersioning', {VersioningConfiguration: {Status: 'Suspended'}});
  await s3.put('a.txt', 'suspended');
  expect((await s3.get('a.txt', {VersionId: 'null'})).text).toBe('suspended');
  const {Version} = await s3.call<Versions>('ListObjectVersions');
  expect(Version.map(({VersionId, IsLatest}) => [VersionId === 'null', IsLatest])).toEqual([
    [true, true],
    [false, false],
  ]);
});

test('versions are listed newest first, page by page', async () => {
  const s3 = await openVersioned();
  const written: string[] = [];
  for (const key of ['b', 'a'])
    for (const body of ['1', '2', '3']) written.unshift(`${key} ${(await s3.put(key, body)).VersionId}`);
  await s3.call('DeleteObject', {Key: 'b'});
  const listed: string[] = [];
  let more: object = {};
  for (let pages = 0; pages < 10; pages++) {
    const page = await s3.call<Versions>('ListObjectVersions', {MaxKeys: 2, ...more});
    listed.push(...page.Version.map(({Key, VersionId}) => `${Key} ${VersionId}`));
    if (page.NextKeyMarker === undefined) break;
    more = {KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker};
  }
  expect(listed).toEqual(written);
});

test('a bucket with versions is not empty', async () => {
  const s3 = await openVersioned();
  const {VersionId} = await s3.put('a.txt');
  const {VersionId: marker} = await s3.call<{VersionId: string}>('DeleteObject', {Key: 'a.txt'});
  await expect(s3.call('DeleteBucket')).rejects.toMatchObject({code: 'BucketNotEmpty'});
  for (const version of [VersionId, marker]) await s3.call('DeleteObject', {Key: 'a.txt', VersionId: version});
  await s3.call('DeleteBucket');
  await expect(s3.call('HeadBucket')).rejects.toMatchObject({code: 'NoSuchBucket'});
});
