import {createHash} from 'node:crypto';
import type {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {expect, test, vi} from 'vitest';
import {openS3} from './s3-bench.ts';

const mebibyte = 1024 * 1024;
const Key = 'large.bin';

async function openUpload(more: object = {}) {
  const s3 = await openS3();
  const {UploadId} = await s3.call<{UploadId: string}>('CreateMultipartUpload', {Key, ...more});
  return {
    s3,
    UploadId,
    part: async (PartNumber: number, Body: Buffer, checksums: object = {}) => ({
      PartNumber,
      ETag: (await s3.call<{ETag: string}>('UploadPart', {Key, UploadId, PartNumber, Body, ...checksums})).ETag,
    }),
    complete: (Part: readonly object[]) => s3.call('CompleteMultipartUpload', {Key, UploadId, MultipartUpload: {Part}}),
  };
}

test('parts become one object, also when a restart lies between them', async () => {
  const {s3, UploadId, part, complete} = await openUpload({ContentType: 'text/plain', Metadata: {till: '4'}});
  const bodies = [Buffer.alloc(5 * mebibyte, 'a'), Buffer.from('the end')];
  const first = await part(1, bodies[0]!);
  s3.restart();
  const second = await part(7, bodies[1]!);
  await part(3, Buffer.from('never used'));
  expect(await s3.call('ListParts', {Key, UploadId})).toMatchObject({
    Part: [{PartNumber: 1}, {PartNumber: 3}, {PartNumber: 7}],
  });
  const digests = bodies.map(body => createHash('md5').update(body).digest());
  const ETag = `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-2"`;
  expect(await complete([first, second])).toMatchObject({ETag, Bucket: 'receipts', Key});
  s3.restart();
  expect(await s3.get(Key, {Range: `bytes=${5 * mebibyte - 2}-${5 * mebibyte + 2}`})).toMatchObject({
    text: 'aathe',
    ETag,
    ContentType: 'text/plain',
    Metadata: {till: '4'},
  });
  expect(await s3.get(Key, {PartNumber: 2})).toMatchObject({text: 'the end', PartsCount: 2, $status: 206});
  expect((await s3.get(Key)).text).toHaveLength(5 * mebibyte + 7);
  await vi.waitFor(() => expect(s3.files()).toHaveLength(2));
  await expect(part(1, bodies[0]!)).rejects.toMatchObject({code: 'NoSuchUpload'});
});

test('an object in parts that is overwritten while it is read is read to its end', async () => {
  const {s3, part, complete} = await openUpload();
  await complete([await part(1, Buffer.alloc(5 * mebibyte)), await part(2, Buffer.from('the end'))]);
  const {Body} = await s3.call<{Body: Readable}>('GetObject', {Key});
  await s3.put(Key, 'new');
  expect((await buffer(Body)).subarray(5 * mebibyte).toString()).toBe('the end');
  await vi.waitFor(() => expect(s3.files()).toHaveLength(1));
});

test('a copy of an object in parts is one piece with a plain ETag', async () => {
  const {s3, part, complete} = await openUpload();
  await complete([await part(1, Buffer.alloc(5 * mebibyte)), await part(2, Buffer.from('x'))]);
  await s3.call('CopyObject', {Key: 'copy', CopySource: `receipts/${Key}`});
  const body = Buffer.concat([Buffer.alloc(5 * mebibyte), Buffer.from('x')]);
  expect((await s3.get('copy')).ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
});

test("the checksum of an object in parts is that of its parts' checksums", async () => {
  const {s3, part, complete} = await openUpload({ChecksumAlgorithm: 'SHA256'});
  const sha = (body: Buffer) => createHash('sha256').update(body).digest();
  const body = Buffer.from('only part');
  const only = await part(1, body, {ChecksumSHA256: sha(body).toString('base64')});
  const ChecksumSHA256 = `${sha(sha(body)).toString('base64')}-1`;
  expect(await complete([only])).toMatchObject({ChecksumSHA256, ChecksumType: 'COMPOSITE'});
  expect(await s3.call('HeadObject', {Key, ChecksumMode: 'ENABLED'})).toMatchObject({ChecksumSHA256});
});

test('what a client says of the whole and of its parts is checked when it completes the upload', async () => {
  const {s3, UploadId, part} = await openUpload({ChecksumAlgorithm: 'SHA256'});
  const sha = (body: Buffer) => createHash('sha256').update(body).digest();
  const body = Buffer.from('only part');
  const ChecksumSHA256 = sha(body).toString('base64');
  const only = await part(1, body, {ChecksumSHA256});
  const complete = (whole: object, ofPart: object = {ChecksumSHA256}) =>
    s3.call('CompleteMultipartUpload', {Key, UploadId, ...whole, MultipartUpload: {Part: [{...only, ...ofPart}]}});
  await expect(complete({ChecksumSHA256})).rejects.toMatchObject({code: 'BadDigest'});
  await expect(complete({ChecksumCRC32: 'AAAAAA=='})).rejects.toMatchObject({code: 'InvalidRequest'});
  await expect(complete({}, {ChecksumSHA256: 'AAAA'})).rejects.toMatchObject({code: 'InvalidPart'});
  await expect(complete({}, {ChecksumCRC32: 'AAAAAA=='})).rejects.toMatchObject({code: 'InvalidPart'});
  const ofWhole = `${sha(sha(body)).toString('base64')}-1`;
  expect(await complete({ChecksumSHA256: ofWhole})).toMatchObject({ChecksumSHA256: ofWhole});
});

test('an aborted upload leaves nothing', async () => {
  const {s3, UploadId, part} = await openUpload();
  await part(1, Buffer.from('a'));
  expect(await s3.call('ListMultipartUploads')).toMatchObject({Upload: [{Key, UploadId}]});
  await s3.call('AbortMultipartUpload', {Key, UploadId});
  expect(await s3.call('ListMultipartUploads')).toMatchObject({Upload: []});
  await vi.waitFor(() => expect(s3.files()).toEqual([]));
  await expect(s3.get(Key)).rejects.toMatchObject({code: 'NoSuchKey'});
});

test('parts that are out of order, too small, or not those uploaded are refused', async () => {
  const {part, complete} = await openUpload();
  const [one, two] = [await part(1, Buffer.from('small')), await part(2, Buffer.from('small'))];
  await expect(complete([two, one])).rejects.toMatchObject({code: 'InvalidPartOrder'});
  await expect(complete([one, two])).rejects.toMatchObject({code: 'EntityTooSmall'});
  await expect(complete([{PartNumber: 1, ETag: '"other"'}])).rejects.toMatchObject({code: 'InvalidPart'});
  await expect(complete([])).rejects.toMatchObject({code: 'MalformedXML'});
});

test('a checksum over the whole of an object in parts is refused by name', async () => {
  await expect(openUpload({ChecksumAlgorithm: 'CRC64NVME'})).rejects.toMatchObject({code: 'NotImplemented'});
});
