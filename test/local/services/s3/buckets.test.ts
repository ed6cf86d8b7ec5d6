import {globSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {operations} from '../../../../src/local/services/s3/operations/index.ts';
import {openS3} from './s3-bench.ts';

const anybody = (resource: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: resource, ...more}],
  });

test('buckets are listed, and survive a restart', async () => {
  const s3 = await openS3();
  await s3.call('CreateBucket', {Bucket: 'artefacts'});
  s3.restart();
  expect(await s3.call('ListBuckets')).toMatchObject({
    Buckets: {Bucket: [{Name: 'artefacts', BucketRegion: 'us-east-1'}, {Name: 'receipts'}]},
  });
});

test.each(['Receipts', 'a', 'two..dots', '127.0.0.1', 'under_score', 'xn--bucket'])(
  'the name %s is no bucket name',
  async Bucket => {
    const s3 = await openS3();
    await expect(s3.call('CreateBucket', {Bucket})).rejects.toMatchObject({code: 'InvalidBucketName'});
  },
);

test.each([
  ['GetBucketPolicy', 'NoSuchBucketPolicy'],
  ['GetBucketPolicyStatus', 'NoSuchBucketPolicy'],
  ['GetBucketTagging', 'NoSuchTagSet'],
  ['GetBucketLifecycleConfiguration', 'NoSuchLifecycleConfiguration'],
  ['GetObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError'],
])('%s of a new bucket answers %s', async (operation, code) => {
  const s3 = await openS3();
  await expect(s3.call(operation)).rejects.toMatchObject({code, status: 404});
  await expect(s3.call(operation, {Bucket: 'nowhere'})).rejects.toMatchObject({code: 'NoSuchBucket'});
});

test("a new bucket is closed to the public, encrypted, and its owner's", async () => {
  const s3 = await openS3();
  expect(await s3.call('GetPublicAccessBlock')).toEqual({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  });
  expect(await s3.call('GetBucketEncryption')).toMatchObject({
    ServerSideEncryptionConfiguration: {Rule: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}}]},
  });
  expect(await s3.call('GetBucketOwnershipControls')).toEqual({
    OwnershipControls: {Rule: [{ObjectOwnership: 'BucketOwnerEnforced'}]},
  });
  expect(await s3.call('GetBucketVersioning')).toEqual({Status: undefined});
  expect(await s3.call('GetBucketLocation')).toMatchObject({LocationConstraint: undefined});
});

test('a policy that lets anybody in is blocked until the block is lifted', async () => {
  const s3 = await openS3();
  const Policy = anybody('arn:aws:s3:::receipts/*');
  await expect(s3.call('PutBucketPolicy', {Policy})).rejects.toMatchObject({code: 'AccessDenied'});
  const narrowed = anybody('arn:aws:s3:::receipts/*', {
    Condition: {StringEquals: {'aws:PrincipalAccount': '000000000000'}},
  });
  await s3.call('PutBucketPolicy', {Policy: narrowed});
  expect(await s3.call('GetBucketPolicyStatus')).toEqual({PolicyStatus: {IsPublic: false}});
  await s3.call('DeletePublicAccessBlock');
  await s3.call('PutBucketPolicy', {Policy});
  expect(await s3.call('GetBucketPolicyStatus')).toEqual({PolicyStatus: {IsPublic: true}});
  expect(s3.bench.services.get('s3')!.resourcePolicy?.('arn:aws:s3:::receipts/a/b')).toEqual(JSON.parse(Policy));
  expect(await s3.call('GetBucketPolicy')).toEqual({Policy});
  await s3.call('DeleteBucketPolicy');
  expect(s3.bench.services.get('s3')!.resourcePolicy?.('arn:aws:s3:::receipts')).toBeUndefined();
});

test.each([
  ['{', 'Policies must be valid JSON'],
  ['{"Version":"2012-10-17"}', 'Missing required field Statement'],
  ['null', 'Missing required field Statement'],
  ['{"Version":"2012-10-17","Statement":"Allow"}', 'Statement is "Allow"; it is an object'],
  [anybody('arn:aws:s3:::orders/*'), 'Policy has invalid resource'],
  [anybody('arn:aws:s3:::receipts-of-others/*'), 'Policy has invalid resource'],
  [anybody('arn:aws:s3:::receipts/*', {Action: 'sqs:SendMessage'}), 'Policy has invalid action'],
  [anybody('arn:aws:s3:::receipts/*', {Condition: {Resembles: {'aws:SourceArn': 'a'}}}), 'no condition operator'],
])('the policy %s is refused', async (Policy, sentence) => {
  const s3 = await openS3();
  await expect(s3.call('PutBucketPolicy', {Policy})).rejects.toThrow(sentence);
});

test('KMS and object ownership of old are refused by name', async () => {
  const s3 = await openS3();
  const Rule = [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}}];
  await expect(s3.call('PutBucketEncryption', {ServerSideEncryptionConfiguration: {Rule}})).rejects.toMatchObject({
    code: 'NotImplemented',
  });
  await expect(
    s3.call('PutBucketOwnershipControls', {OwnershipControls: {Rule: [{ObjectOwnership: 'ObjectWriter'}]}}),
  ).rejects.toMatchObject({code: 'NotImplemented'});
});

test('every operation on disk is listed', () => {
  const folder = join(import.meta.dirname, '../../../../src/local/services/s3/operations');
  expect(operations).toHaveLength(globSync('*.ts', {cwd: folder}).length - 1);
});

test.each([
  ['HeadObject', {Key: 'a'}, ['s3:GetObject arn:aws:s3:::receipts/a']],
  ['GetObject', {Key: 'a/b', VersionId: 'v'}, ['s3:GetObjectVersion arn:aws:s3:::receipts/a/b']],
  ['HeadBucket', {}, ['s3:ListBucket arn:aws:s3:::receipts']],
  ['ListObjectVersions', {}, ['s3:ListBucketVersions arn:aws:s3:::receipts']],
  ['DeleteBucketEncryption', {}, ['s3:PutEncryptionConfiguration arn:aws:s3:::receipts']],
  ['DeletePublicAccessBlock', {}, ['s3:PutBucketPublicAccessBlock arn:aws:s3:::receipts']],
  ['UploadPart', {Key: 'a'}, ['s3:PutObject arn:aws:s3:::receipts/a']],
  ['AbortMultipartUpload', {Key: 'a'}, ['s3:AbortMultipartUpload arn:aws:s3:::receipts/a']],
  ['DeleteObjects', {}, []],
  [
    'PutObject',
    {Key: 'a', Tagging: 'k=v', ACL: 'private'},
    [
      's3:PutObject arn:aws:s3:::receipts/a',
      's3:PutObjectTagging arn:aws:s3:::receipts/a',
      's3:PutObjectAcl arn:aws:s3:::receipts/a',
    ],
  ],
  [
    'CopyObject',
    {Key: 'a', CopySource: 'orders/b%20c?versionId=v'},
    ['s3:GetObjectVersion arn:aws:s3:::orders/b c', 's3:PutObject arn:aws:s3:::receipts/a'],
  ],
])('%s takes the permissions AWS asks for', async (name, input, expected) => {
  const s3 = await openS3();
  const requests = operations
    .find(operation => operation.name === name)!
    .permissions({Bucket: 'receipts', ...input} as never, s3.bench.context(), s3.store());
  expect(requests.map(({action, resource}) => `${action} ${resource}`)).toEqual(expected);
});
