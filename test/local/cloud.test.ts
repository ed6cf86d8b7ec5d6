import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DynamoDBClient, ListTablesCommand} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, GetRoleCommand, IAMClient, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {LambdaClient, ListFunctionsCommand} from '@aws-sdk/client-lambda';
import {CreateBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3';
import {CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {shownPath} from '../../src/errors.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {describeWithBoto3, printedBy} from './boto3.ts';
import {missingClient, runClient} from './foreign-clients.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
});
afterAll(() => cloud.close());

function settings(credentials: object = cloud.credentials) {
  // The type of a client's credentials has only optional members besides the keys.
  return {
    endpoint: cloud.endpoint,
    region: cloud.region,
    credentials: credentials as LocalCloud['credentials'],
    maxAttempts: 1,
  };
}

describe('the embedded AWS', {timeout: 30_000}, () => {
  it('knows its developer', async () => {
    expect(await new STSClient(settings()).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:user/developer',
    });
  });

  it('holds a role to its policies, with the error of each protocol', async () => {
    const iam = new IAMClient(settings());
    const statement = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:*:*:allowed'};
    const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
    const document = (Statement: object) => JSON.stringify({Version: '2012-10-17', Statement});
    await iam.send(new CreateRoleCommand({RoleName: 'sender', AssumeRolePolicyDocument: document(trust)}));
    await iam.send(
      new PutRolePolicyCommand({RoleName: 'sender', PolicyName: 'send', PolicyDocument: document(statement)}),
    );
    const role = 'arn:aws:iam::000000000000:role/sender';
    const arn = 'arn:aws:sts::000000000000:assumed-role/sender/test';
    const caller = {kind: 'role', roleArn: role, roleName: 'sender', sessionName: 'test', arn} as const;
    const own = settings(cloud.access.issueCredentials(caller, 900));
    const sqs = new SQSClient(settings());
    const urls = await Promise.all(
      ['allowed', 'other'].map(QueueName => sqs.send(new CreateQueueCommand({QueueName}))),
    );
    const send = (QueueUrl: string | undefined) =>
      new SQSClient(own).send(new SendMessageCommand({QueueUrl, MessageBody: 'a'}));
    await expect(send(urls[0]!.QueueUrl)).resolves.toBeDefined();
    const {Role} = await iam.send(new GetRoleCommand({RoleName: 'sender'}));
    expect(Role?.RoleLastUsed).toMatchObject({Region: cloud.region, LastUsedDate: expect.any(Date)});
    const denied = (action: string, resource: string) =>
      `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
    await expect(send(urls[1]!.QueueUrl)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: denied('sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:other'),
    });
    await expect(new DynamoDBClient(own).send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: denied('dynamodb:ListTables', '*'),
    });
    await expect(new LambdaClient(own).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: denied('lambda:ListFunctions', '*'),
    });
    await expect(new S3Client(own).send(new CreateBucketCommand({Bucket: 'refused'}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: denied('s3:CreateBucket', '"arn:aws:s3:::refused"'),
    });
    await expect(
      new IAMClient(own).send(new CreateRoleCommand({RoleName: 'x', AssumeRolePolicyDocument: '{}'})),
    ).rejects.toMatchObject({Code: 'AccessDenied'});
  });

  it('ends a long poll at once when its client goes away, and when it is closed', async () => {
    const other = await startLocalCloud();
    const {endpoint, region, credentials} = other;
    const sqs = new SQSClient({endpoint, region, credentials, maxAttempts: 1});
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'orders'}));
    const abort = new AbortController();
    const poll = () => new ReceiveMessageCommand({QueueUrl, WaitTimeSeconds: 20});
    const gone = sqs.send(poll(), {abortSignal: abort.signal}).catch(error => error.name);
    abort.abort();
    expect(await gone).toBe('AbortError');
    const waiting = sqs.send(poll()).then(
      () => 'answered',
      () => 'cut off',
    );
    await expect.poll(() => sqs.send(new ReceiveMessageCommand({QueueUrl})).then(() => true)).toBe(true);
    await other.close();
    expect(['answered', 'cut off']).toContain(await waiting);
  });

  it('streams an object that is larger than what it takes into memory', async () => {
    const s3 = new S3Client(settings());
    await s3.send(new CreateBucketCommand({Bucket: 'large'}));
    const Body = Buffer.alloc(120 * 1024 * 1024, 7);
    const {ETag} = await s3.send(new PutObjectCommand({Bucket: 'large', Key: 'a', Body}));
    expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
  });

  it('leaves nothing behind in a temporary folder', async () => {
    // One of its own: other tests start clouds at the same time.
    const folder = mkdtempSync(join(tmpdir(), 'gear-temporary-'));
    vi.stubEnv('TMPDIR', folder);
    const other = await startLocalCloud();
    expect(readdirSync(folder)).toHaveLength(1);
    await other.close();
    expect(readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(folder, {recursive: true});
  });

  it('is one per folder, and keeps the folder that it was given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gear-cloud-'));
    const first = await startLocalCloud({folder, region: 'eu-west-1'});
    await expect(startLocalCloud({folder})).rejects.toMatchObject({code: 'LOCAL_FOLDER_IN_USE'});
    await first.close();
    const second = await startLocalCloud({folder});
    expect(second).toMatchObject({region: 'eu-west-1', credentials: first.credentials});
    await second.close();
    expect(existsSync(join(folder, 'state.sqlite'))).toBe(true);
    rmSync(folder, {recursive: true});
  });

  it('refuses a port that is taken', async () => {
    await expect(startLocalCloud({port: cloud.connection.port})).rejects.toMatchObject({
      code: 'PORT_NOT_AVAILABLE',
      message: `Port ${cloud.connection.port} on 127.0.0.1 is in use by another program`,
    });
  });
});

type Presigned = Readonly<Record<'presigned' | 'presigned get' | 'presigned v2', string>>;

describeWithBoto3(() => {
  it('answers to every service', async () => {
    const {
      presigned,
      'presigned get': presignedGet,
      'presigned v2': presignedV2,
      ...result
    } = await printedBy<Presigned>(new URL('cloud-boto3.py', import.meta.url), cloud.connection);
    expect(result).toEqual({
      arn: 'arn:aws:iam::000000000000:user/developer',
      object: ['hello', {team: 'orders'}],
      keys: ["in/a b/ä+(1)*'!~.txt", 'large'],
      large: 9_000_000,
      deleted: 2,
      'no key': ['NoSuchKey', 404],
      acl: ['NotImplemented', 501],
      message: ['ä', 'b'],
      'no queue': ['AWS.SimpleQueueService.NonExistentQueue', 400],
      item: [5, '0001'],
      condition: ['ConditionalCheckFailedException', 400],
      role: ['arn:aws:iam::000000000000:role/boto', true],
      'no role': ['NoSuchEntity', 404],
      groups: ['/boto'],
      metrics: ['Orders'],
      invoked: {echo: {a: 1}},
      'no function': ['ResourceNotFoundException', 404],
      stack: ['CREATE_COMPLETE', ['Url']],
      'no stack': ['ValidationError', 400],
      regions: ['NotImplemented', 501],
    });
    expect((await fetch(presigned, {method: 'PUT', body: 'signed'})).status).toBe(200);
    const got = await fetch(presignedGet);
    expect([got.status, await got.text()]).toEqual([200, 'signed']);
    const changed = await fetch(presignedGet.replace('/signed?', '/other?'));
    expect([changed.status, await changed.text()]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
    const old = await fetch(presignedV2);
    expect([old.status, await old.text()]).toEqual([501, expect.stringContaining('Signature Version 2')]);
  }, 60_000);
});

const noCli = await missingClient('aws', ['--version']);

describe.skipIf(noCli !== undefined)(`with the aws CLI${noCli === undefined ? '' : ` (skipped: ${noCli})`}`, () => {
  const aws = (...args: string[]) =>
    runClient(cloud.connection, 'aws', ['--endpoint-url', cloud.endpoint, '--output', 'json', ...args]);

  it('copies files, large ones in parts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gear-cli-'));
    writeFileSync(join(folder, 'a b.txt'), 'hello');
    writeFileSync(join(folder, 'large'), Buffer.alloc(9_000_000));
    const s3 = new S3Client(settings());
    await s3.send(new CreateBucketCommand({Bucket: 'cli-orders'}));
    expect(await aws('s3', 'cp', folder, 's3://cli-orders/in/', '--recursive')).toMatchObject({code: 0});
    expect((await aws('s3', 'cp', 's3://cli-orders/in/a b.txt', '-')).stdout).toBe('hello');
    const {ContentLength, ETag} = await s3.send(new HeadObjectCommand({Bucket: 'cli-orders', Key: 'in/large'}));
    expect([ContentLength, ETag]).toEqual([9_000_000, expect.stringMatching(/-2"$/)]);
    rmSync(folder, {recursive: true});
  }, 30_000);

  it('shows what AWS would say of an error', async () => {
    const {stderr, code} = await aws('sqs', 'get-queue-url', '--queue-name', 'none');
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain('(AWS.SimpleQueueService.NonExistentQueue)');
  }, 30_000);
});

it('says which folder is damaged, and does without the lock that was in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gear-damaged-'));
  try {
    for (const name of ['lock.sqlite', 'state.sqlite']) writeFileSync(join(folder, name), 'no database '.repeat(100));
    await expect(startLocalCloud({folder})).rejects.toMatchObject({
      code: 'LOCAL_STATE_DAMAGED',
      message: `What gear local keeps in ${shownPath(folder)} is damaged: file is not a database`,
    });
    rmSync(join(folder, 'state.sqlite'));
    await (await startLocalCloud({folder})).close();
  } finally {
    rmSync(folder, {recursive: true});
  }
});
