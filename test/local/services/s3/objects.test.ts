import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {expect, test, vi} from 'vitest';
import {openS3} from './s3-bench.ts';

test('an object is read as it was written, with its headers, metadata and tags', async () => {
  const s3 = await openS3();
  const headers = {ContentType: 'application/json', CacheControl: 'no-store', Metadata: {Source: 'till 4'}};
  await s3.put('a.json', '{}', {...headers, ContentEncoding: 'aws-chunked,gzip', Tagging: 'kind=receipt&stage=new'});
  expect(await s3.get('a.json')).toMatchObject({
    text: '{}',
    ContentLength: 2,
    ETag: '"99914b932bd37a50b983c5e7c90ae93b"',
    ContentType: 'application/json',
    CacheControl: 'no-store',
    ContentEncoding: 'gzip',
    Metadata: {source: 'till 4'},
    TagCount: 2,
    ServerSideEncryption: 'AES256',
    LastModified: new Date('2026-01-01T00:00:00Z'),
    $status: 200,
  });
  const head = await s3.call('HeadObject', {Key: 'a.json'});
  expect(head).toMatchObject({ContentLength: 2, ContentType: 'application/json'});
  expect(head).not.toHaveProperty('Body');
});

test('an object survives the death of the process; what broke off or lost its name is swept away', async () => {
  const s3 = await openS3();
  await s3.put('a.txt', 'kept');
  writeFileSync(join(s3.bench.folder, 's3', 'orphan'), 'x');
  s3.restart();
  expect((await s3.get('a.txt')).text).toBe('kept');
  expect(s3.files()).toHaveLength(1);
});

test('a body that breaks off leaves the earlier object', async () => {
  const s3 = await openS3();
  await s3.put('a.txt', 'first');
  async function* broken() {
    yield Buffer.from('second');
    throw new Error('connection lost');
  }
  await expect(s3.call('PutObject', {Key: 'a.txt', Body: Readable.from(broken())})).rejects.toThrow('connection lost');
  expect((await s3.get('a.txt')).text).toBe('first');
  expect(s3.files()).toHaveLength(1);
});

test('a reader gets the object it asked for, though another takes its place meanwhile', async () => {
  const s3 = await openS3();
  await s3.put('a.txt', 'first');
  const {Body} = await s3.call<{Body: Readable}>('GetObject', {Key: 'a.txt'});
  await s3.put('a.txt', 'second');
  expect((await buffer(Body)).toString()).toBe('first');
  await vi.waitFor(() => expect(s3.files()).toHaveLength(1));
});

test('a large object passes through without being held in memory', async () => {
  const s3 = await openS3();
  const chunk = Buffer.alloc(1 << 20, 'x');
  const size = 96;
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  async function* large() {
    for (let index = 0; index < size; index++) {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
      yield chunk;
    }
  }
  await s3.call('PutObject', {Key: 'large', Body: Readable.from(large())});
  const {Body} = await s3.call<{Body: Readable}>('GetObject', {Key: 'large'});
  let read = 0;
  for await (const piece of Body) {
    read += piece.length;
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  }
  expect(read).toBe(size << 20);
  // Less than all of it: what is read and not yet collected counts too.
  expect(peak).toBeLessThan(80 << 20);
});

test.each([
  ['bytes=0-3', 'abcd', 'bytes 0-3/10'],
  ['bytes=7-', 'hij', 'bytes 7-9/10'],
  ['bytes=-2', 'ij', 'bytes 8-9/10'],
  ['bytes=5-99', 'fghij', 'bytes 5-9/10'],
  ['bytes=3-1', 'abcdefghij', undefined],
  ['lines=1-2', 'abcdefghij', undefined],
])('the range %s reads %s', async (Range, text, ContentRange) => {
  const s3 = await openS3();
  await s3.put('letters', 'abcdefghij');
  const got = await s3.get('letters', {Range});
  expect(got.text).toBe(text);
  expect(got.ContentRange).toBe(ContentRange);
  expect(got.$status).toBe(ContentRange === undefined ? 200 : 206);
  expect(got.ContentLength).toBe(text.length);
});

test('a range beyond the end is not satisfiable', async () => {
  const s3 = await openS3();
  await s3.put('letters', 'abc');
  await expect(s3.get('letters', {Range: 'bytes=3-'})).rejects.toMatchObject({code: 'InvalidRange', status: 416});
});

test('reads can depend on ETag and date', async () => {
  const s3 = await openS3();
  const {ETag} = await s3.put('a.txt');
  const now = new Date(s3.clock.now());
  await s3.get('a.txt', {IfMatch: ETag, IfUnmodifiedSince: new Date(0)});
  await expect(s3.get('a.txt', {IfNoneMatch: ETag})).rejects.toMatchObject({status: 304});
  await expect(s3.get('a.txt', {IfModifiedSince: now})).rejects.toMatchObject({status: 304});
  await expect(s3.get('a.txt', {IfMatch: '"other"'})).rejects.toMatchObject({status: 412});
  await expect(s3.get('a.txt', {IfUnmodifiedSince: new Date(0)})).rejects.toMatchObject({status: 412});
});

test('of two writes that both want a free key one gets it', async () => {
  const s3 = await openS3();
  const writes = await Promise.allSettled([1, 2].map(n => s3.put('a.txt', `${n}`, {IfNoneMatch: '*'})));
  expect(writes.map(({status}) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const {ETag} = await s3.call<{ETag: string}>('HeadObject', {Key: 'a.txt'});
  await s3.put('a.txt', 'new', {IfMatch: ETag});
  await expect(s3.put('a.txt', 'newer', {IfMatch: ETag})).rejects.toMatchObject({code: 'PreconditionFailed'});
  await expect(s3.put('b.txt', 'new', {IfMatch: ETag})).rejects.toMatchObject({code: 'NoSuchKey'});
  await vi.waitFor(() => expect(s3.files()).toHaveLength(1));
});

test('a missing key is forbidden to those who may not list the bucket, as in AWS', async () => {
  const s3 = await openS3();
  const {operations, store} = s3.bench.services.get('s3')!;
  const getObject = operations.find(({name}) => name === 'GetObject')!;
  const caller = {
    kind: 'role',
    roleArn: 'arn:aws:iam::000000000000:role/ingest',
    roleName: 'ingest',
    sessionName: 'ingest',
    arn: 'arn:aws:sts::000000000000:assumed-role/ingest/ingest',
  } as const;
  const read = (allowed: boolean) => async () =>
    getObject.run({Bucket: 'receipts', Key: 'none'}, {...s3.bench.context(caller), allows: () => allowed}, store);
  await expect(read(true)()).rejects.toMatchObject({code: 'NoSuchKey', status: 404});
  await expect(read(false)()).rejects.toMatchObject({
    code: 'AccessDenied',
    status: 403,
    message:
      'User: arn:aws:sts::000000000000:assumed-role/ingest/ingest is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::receipts" because no identity-based policy allows the s3:ListBucket action',
  });
});

test('a copy takes metadata and tags along, or what the request gives', async () => {
  const s3 = await openS3();
  await s3.put('in/a b.json', '{}', {ContentType: 'application/json', Metadata: {till: '4'}, Tagging: 'kind=receipt'});
  const CopySource = '/receipts/in/a%20b.json';
  await s3.call('CopyObject', {Key: 'copy', CopySource});
  expect(await s3.get('copy')).toMatchObject({
    text: '{}',
    ContentType: 'application/json',
    Metadata: {till: '4'},
    TagCount: 1,
  });
  const replace = {MetadataDirective: 'REPLACE', TaggingDirective: 'REPLACE', Metadata: {till: '5'}};
  await s3.call('CopyObject', {Key: 'in/a b.json', CopySource, ...replace});
  const replaced = await s3.get('in/a b.json');
  expect(replaced).toMatchObject({text: '{}', Metadata: {till: '5'}});
  expect(replaced).not.toHaveProperty('TagCount');
  await expect(s3.call('CopyObject', {Key: 'copy', CopySource: 'receipts/copy'})).rejects.toThrow('to itself');
  await expect(s3.call('CopyObject', {Key: 'x', CopySource: 'receipts/none'})).rejects.toMatchObject({
    code: 'NoSuchKey',
  });
});

test('tags of an object are read, replaced and taken away, and its bytes stay', async () => {
  const s3 = await openS3();
  await s3.put('a.txt');
  const TagSet = [{Key: 'kind', Value: 'receipt'}];
  await s3.call('PutObjectTagging', {Key: 'a.txt', Tagging: {TagSet}});
  expect(await s3.call('GetObjectTagging', {Key: 'a.txt'})).toMatchObject({TagSet: {Tag: TagSet}});
  expect((await s3.get('a.txt')).text).toBe('a.txt');
  await s3.call('DeleteObjectTagging', {Key: 'a.txt'});
  expect(await s3.call('GetObjectTagging', {Key: 'a.txt'})).toMatchObject({TagSet: {Tag: []}});
});

test('many keys are deleted each by itself, and those that fail are named', async () => {
  const s3 = await openS3();
  const {ETag} = await s3.put('a.txt');
  await s3.put('b.txt');
  const objects = [{Key: 'a.txt', ETag}, {Key: 'b.txt', ETag: '"other"'}, {Key: 'none'}];
  expect(await s3.call('DeleteObjects', {Delete: {Object: objects}})).toMatchObject({
    Deleted: [{Key: 'a.txt'}, {Key: 'none'}],
    Error: [{Key: 'b.txt', Code: 'PreconditionFailed'}],
  });
  expect(await s3.keys()).toEqual(['b.txt']);
});

test.each([
  ['KMS', {ServerSideEncryption: 'aws:kms'}, 'NotImplemented'],
  ['a public access list', {ACL: 'public-read'}, 'NotImplemented'],
  ['the archive', {StorageClass: 'GLACIER'}, 'NotImplemented'],
  ['a class nobody knows', {StorageClass: 'WARM'}, 'InvalidStorageClass'],
  ['too much metadata', {Metadata: {note: 'x'.repeat(2048)}}, 'MetadataTooLarge'],
  ['eleven tags', {Tagging: Array.from({length: 11}, (_, n) => `t${n}=1`).join('&')}, 'BadRequest'],
  ['another owner', {ExpectedBucketOwner: '111111111111'}, 'AccessDenied'],
])('a write that asks for %s is refused', async (_what, more, code) => {
  const s3 = await openS3();
  await expect(s3.put('a.txt', 'x', more)).rejects.toMatchObject({code});
  expect(await s3.keys()).toEqual([]);
});

test('checksums are kept, from headers and from behind the body, and shown to those who ask', async () => {
  const s3 = await openS3();
  await s3.put('a.txt', 'a', {ChecksumSHA256: 'ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='});
  const body = Object.assign(Readable.from([Buffer.from('b')]), {
    trailers: new Map([['x-amz-checksum-crc32', 'cdc=']]),
  });
  await s3.call('PutObject', {Key: 'b.txt', Body: body});
  expect(await s3.get('a.txt', {ChecksumMode: 'ENABLED'})).toMatchObject({
    ChecksumSHA256: 'ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=',
    ChecksumType: 'FULL_OBJECT',
  });
  expect(await s3.get('b.txt', {ChecksumMode: 'ENABLED'})).toMatchObject({ChecksumCRC32: 'cdc='});
  expect(await s3.get('b.txt')).not.toHaveProperty('ChecksumCRC32');
});
