import {Readable} from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {type EchoCloud, startEchoCloud} from './echo-cloud.ts';
import {fakeS3} from './fake-s3.ts';

const {service, objects, trailers} = fakeS3();
let cloud: EchoCloud;
let client: S3Client;
beforeAll(async () => {
  cloud = await startEchoCloud([service]);
  client = new S3Client(cloud.client);
});
afterAll(async () => {
  client.destroy();
  await cloud.close();
});
beforeEach(() => {
  objects.clear();
  trailers.clear();
  cloud.calls.length = 0;
});

const key = "in/a b/ä+(1)*'!~.txt";

describe('S3, with the JavaScript SDK', () => {
  it('takes an object under any key and gives it back', async () => {
    await client.send(
      new PutObjectCommand({
        Bucket: 'orders',
        Key: key,
        Body: 'hello',
        ContentType: 'text/plain',
        Metadata: {team: 'a'},
      }),
    );
    expect(cloud.calls[0]!.input).toMatchObject({
      Bucket: 'orders',
      Key: key,
      ContentType: 'text/plain',
      Metadata: {team: 'a'},
    });
    const answer = await client.send(new GetObjectCommand({Bucket: 'orders', Key: key, ResponseContentType: 'text/x'}));
    expect(await answer.Body!.transformToString()).toBe('hello');
    expect(answer).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/x',
      LastModified: new Date('2026-01-02T03:04:05Z'),
      Metadata: {team: `=?UTF-8?B?${Buffer.from('örders').toString('base64')}?=`},
    });
  });

  it('takes a body of unknown length in chunks, with its checksum behind it', async () => {
    const chunks = Array.from({length: 40}, (_, index) => Buffer.alloc(50_000, index));
    await client.send(
      new PutObjectCommand({Bucket: 'orders', Key: 'large', Body: Readable.from(chunks), ContentLength: 2_000_000}),
    );
    expect(objects.get('orders/large')!.equals(Buffer.concat(chunks))).toBe(true);
    expect([...trailers.keys()]).toEqual(['x-amz-checksum-crc32']);
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('checks a %s', async ChecksumAlgorithm => {
    const Body = Readable.from([Buffer.from('123456789')]);
    await client.send(new PutObjectCommand({Bucket: 'orders', Key: 'a', Body, ContentLength: 9, ChecksumAlgorithm}));
    expect(objects.get('orders/a')!.toString()).toBe('123456789');
  });

  it('refuses a body that is not what its checksum says', async () => {
    const wrong = client.send(
      new PutObjectCommand({Bucket: 'orders', Key: 'a', Body: 'hello', ChecksumCRC32: 'AAAAAA=='}),
    );
    await expect(wrong).rejects.toMatchObject({name: 'BadDigest'});
    expect(objects.size).toBe(0);
  });

  it('tells a copy from a put, and answers in XML', async () => {
    const {CopyObjectResult} = await client.send(new CopyObjectCommand({Bucket: 'b', Key: 'k', CopySource: 'a/k'}));
    expect(CopyObjectResult).toEqual({ETag: '"copied"', LastModified: new Date('2026-01-02T03:04:05Z')});
  });

  it('reads XML with lists, flattened or wrapped', async () => {
    const Objects = [{Key: ' a\r\n&<b>'}, {Key: 'ä'}];
    const {Deleted} = await client.send(new DeleteObjectsCommand({Bucket: 'orders', Delete: {Objects}}));
    expect(Deleted).toEqual(Objects);
    await client.send(new PutBucketTaggingCommand({Bucket: 'orders', Tagging: {TagSet: [{Key: 'a', Value: ''}]}}));
    expect(cloud.calls.at(-1)!.input).toEqual({Bucket: 'orders', Tagging: {TagSet: [{Key: 'a', Value: ''}]}});
  });

  it('answers lists as repeated elements', async () => {
    objects.set('orders/a', Buffer.from(''));
    objects.set('orders/<b>', Buffer.from(''));
    const {Contents, Prefix} = await client.send(new ListObjectsV2Command({Bucket: 'orders', Prefix: 'x/ y'}));
    expect(Contents!.map(({Key}) => Key)).toEqual(['a', '<b>']);
    expect(Prefix).toBe('x/ y');
  });

  it('answers errors in XML, and without a body for HEAD', async () => {
    await expect(client.send(new GetObjectCommand({Bucket: 'orders', Key: 'none'}))).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
      Key: 'none',
    });
    await expect(client.send(new HeadObjectCommand({Bucket: 'orders', Key: 'none'}))).rejects.toMatchObject({
      name: 'NotFound',
    });
    objects.set('orders/a', Buffer.from('abc'));
    expect(await client.send(new HeadObjectCommand({Bucket: 'orders', Key: 'a'}))).toMatchObject({ContentLength: 3});
    expect((await client.send(new DeleteObjectCommand({Bucket: 'orders', Key: 'a'}))).$metadata.httpStatusCode).toBe(
      204,
    );
  });

  it('keeps the connection usable when an object is refused before its body was read', async () => {
    const Body = Buffer.alloc(5_000_000);
    for (let round = 0; round < 3; round++)
      await expect(client.send(new PutObjectCommand({Bucket: 'refused', Key: 'a', Body}))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
  });

  it.each([
    ['a sub-resource', new GetBucketAclCommand({Bucket: 'orders'}), 'the query parameter acl of ListObjects'],
    [
      'a sub-resource that is written',
      new PutBucketVersioningCommand({Bucket: 'orders', VersioningConfiguration: {Status: 'Enabled'}}),
      'PUT /orders?versioning of S3',
    ],
    [
      'a header',
      new PutObjectCommand({Bucket: 'orders', Key: 'a', Body: '', ACL: 'public-read'}),
      'the header x-amz-acl of PutObject',
    ],
    [
      'a checksum that is not of the body',
      new CompleteMultipartUploadCommand({
        Bucket: 'orders',
        Key: 'a',
        UploadId: 'u',
        ChecksumCRC32: 'AAAAAA==',
        MultipartUpload: {Parts: [{PartNumber: 1, ETag: 'e'}]},
      }),
      'the header x-amz-checksum-crc32 of CompleteMultipartUpload',
    ],
    [
      'an element',
      new DeleteObjectsCommand({Bucket: 'orders', Delete: {Objects: [{Key: 'a', VersionId: 'b'}]}}),
      "DeleteObjects's Delete.Object.1.VersionId",
    ],
  ])('refuses %s that it does not know, by name', async (_, command, what) => {
    // biome-ignore lint/suspicious/noExplicitAny: commands of several kinds in one table
    await expect(client.send(command as any)).rejects.toMatchObject({
      message: `gear local does not implement ${what}`,
      $metadata: {httpStatusCode: 501},
    });
  });
});
