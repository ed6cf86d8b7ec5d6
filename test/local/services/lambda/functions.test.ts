import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {strToU8, zipSync} from 'fflate';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Service} from '../../../../src/local/operation.ts';
import {ServiceError} from '../../../../src/local/service-error.ts';
import {lambdaService} from '../../../../src/local/services/lambda/service.ts';
import {newFunction, openLambdaBench, role, zip} from './lambda-bench.ts';

let bench: ReturnType<typeof openLambdaBench>;
beforeEach(() => {
  bench = openLambdaBench();
});
afterEach(() => bench.close());

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:orders';

describe('CreateFunction', () => {
  it('answers the configuration, with the defaults of Lambda', async () => {
    const code = Buffer.from(newFunction.Code.ZipFile);
    expect(await bench.createFunction()).toEqual({
      FunctionName: 'orders',
      FunctionArn: arn,
      Runtime: 'nodejs24.x',
      Role: role,
      Handler: 'index.handler',
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      CodeSize: code.length,
      CodeSha256: createHash('sha256').update(code).digest('base64'),
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      Version: '$LATEST',
      TracingConfig: {Mode: 'PassThrough'},
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: {Size: 512},
      LoggingConfig: {LogFormat: 'Text', LogGroup: '/aws/lambda/orders'},
      State: 'Active',
      LastUpdateStatus: 'Successful',
    });
  });

  it('unpacks the package where the function will run', async () => {
    const {CodeSha256} = await bench.createFunction({Code: {ZipFile: zip({'lib/a.mjs': 'one', 'index.mjs': 'two'})}});
    const root = bench.lambda.code.taskRoot(String(CodeSha256));
    expect(readFileSync(join(root, 'lib/a.mjs'), 'utf8')).toBe('one');
    expect(readFileSync(join(root, '../package.json'), 'utf8')).toBe('{}');
  });

  it('reads the package from S3 as the caller', async () => {
    const asked: unknown[] = [];
    bench.services.set(
      's3',
      fakeS3(input => {
        asked.push(input);
        return {Body: Readable.from([newFunction.Code.ZipFile])};
      }),
    );
    const created = await bench.createFunction({
      Code: {S3Bucket: 'artefacts', S3Key: 'orders.zip', S3ObjectVersion: 'v1'},
    });
    expect(asked).toEqual([{Bucket: 'artefacts', Key: 'orders.zip', VersionId: 'v1'}]);
    expect(created.CodeSize).toBe(newFunction.Code.ZipFile.length);
  });

  it('says what S3 said', async () => {
    bench.services.set(
      's3',
      fakeS3(() => {
        throw new ServiceError('NoSuchKey', 'The specified key does not exist.', {status: 404});
      }),
    );
    await expect(bench.createFunction({Code: {S3Bucket: 'artefacts', S3Key: 'orders.zip'}})).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    });
  });

  it('takes the permission to pass the role to Lambda, and to tag when there are tags', () => {
    expect(bench.permissions('CreateFunction', {...newFunction, Tags: {team: 'orders'}})).toEqual([
      {action: 'lambda:CreateFunction', resource: arn},
      {action: 'iam:PassRole', resource: role, context: {'iam:PassedToService': 'lambda.amazonaws.com'}},
      {action: 'lambda:TagResource', resource: arn},
    ]);
  });

  it('refuses a role that does not trust Lambda', async () => {
    bench.distrusting.add(role);
    await expect(bench.createFunction()).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  });

  it('refuses a dead-letter queue the role may not send to', async () => {
    bench.denied.add('sqs:SendMessage');
    const DeadLetterConfig = {TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead'};
    await expect(bench.createFunction({DeadLetterConfig})).rejects.toMatchObject({
      message: 'The provided execution role does not have permissions to call SendMessage on SQS',
    });
  });

  const traversal = zip({'../outside.mjs': 'x'});
  const refusals: [string, object, string, string | RegExp][] = [
    ['another runtime', {Runtime: 'ruby3.4'}, 'NotImplemented', /^gear local does not implement the runtime ruby3.4/],
    ['no handler', {Handler: undefined}, 'InvalidParameterValueException', /mandatory parameters/],
    [
      'a timeout above 900 s',
      {Timeout: 901},
      'ValidationException',
      "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    ['a timeout of nothing', {Timeout: 0}, 'ValidationException', /greater than or equal to 1$/],
    ['too little memory', {MemorySize: 64}, 'ValidationException', /at 'memorySize'/],
    ['a role that is no ARN', {Role: 'orders'}, 'ValidationException', /at 'role'/],
    ['an image', {PackageType: 'Image'}, 'NotImplemented', /package type Image/],
    [
      'an SNS topic as dead-letter queue',
      {DeadLetterConfig: {TargetArn: 'arn:aws:sns:us-east-1:000000000000:dead'}},
      'NotImplemented',
      /sns/,
    ],
    [
      'a log level with the format Text',
      {LoggingConfig: {ApplicationLogLevel: 'WARN'}},
      'InvalidParameterValueException',
      /log format must be JSON/,
    ],
    [
      'a reserved variable',
      {Environment: {Variables: {AWS_REGION: 'eu-west-1'}}},
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION$/,
    ],
    [
      'another endpoint',
      {Environment: {Variables: {AWS_ENDPOINT_URL_SQS: 'x'}}},
      'NotImplemented',
      /AWS_ENDPOINT_URL_SQS/,
    ],
    [
      'more than 4 KB of variables',
      {Environment: {Variables: {LONG: 'x'.repeat(4096)}}},
      'InvalidParameterValueException',
      /exceeded the 4KB limit/,
    ],
    ['no code', {Code: {}}, 'InvalidParameterValueException', 'Please provide a source for function code.'],
    [
      'bytes that are no zip',
      {Code: {ZipFile: Buffer.from('orders')}},
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
    [
      'an empty zip',
      {Code: {ZipFile: zip({})}},
      'InvalidParameterValueException',
      'Uploaded file must be a non-empty zip',
    ],
    [
      'a file outside of the package',
      {Code: {ZipFile: traversal}},
      'InvalidParameterValueException',
      /"\.\.\/outside\.mjs", which lies outside/,
    ],
    ['a damaged file', {Code: {ZipFile: damaged()}}, 'InvalidParameterValueException', /^Could not unzip/],
  ];
  it.each(refusals)('refuses %s', async (_, input, code, message) => {
    await expect(bench.createFunction(input)).rejects.toMatchObject({
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect(bench.lambda.functions.size).toBe(0);
  });

  it('refuses a name that is taken', async () => {
    await bench.createFunction();
    await expect(bench.createFunction()).rejects.toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
      message: 'Function already exist: orders',
    });
  });
});

describe('a function', () => {
  beforeEach(async () => {
    await bench.createFunction({Environment: {Variables: {TABLE: 'orders'}}, Tags: {team: 'orders'}});
  });

  it.each(['orders', arn, '000000000000:function:orders', `${arn}:$LATEST`])('is found as %s', async FunctionName => {
    expect(await bench.call('GetFunctionConfiguration', {FunctionName})).toMatchObject({FunctionArn: arn});
  });

  it.each(['receipts', 'arn:aws:lambda:eu-west-1:000000000000:function:orders', 'orders:7', 'orders:live'])(
    'is not found as %s',
    async FunctionName => {
      await expect(bench.call('GetFunction', {FunctionName})).rejects.toMatchObject({
        code: 'ResourceNotFoundException',
        status: 404,
      });
    },
  );

  it('is there again after a restart', async () => {
    const {store} = lambdaService(bench.options);
    expect(store.function({name: 'orders'})).toEqual(bench.lambda.function({name: 'orders'}));
    expect(
      readFileSync(join(store.code.taskRoot(store.function({name: 'orders'}).latest.CodeSha256), 'index.mjs')),
    ).toBeDefined();
  });

  it('keeps what an update does not name, and gets a new revision', async () => {
    const before = bench.lambda.function({name: 'orders'}).latest;
    const after = await bench.call('UpdateFunctionConfiguration', {FunctionName: 'orders', Timeout: 10});
    expect(after).toEqual({...before, Timeout: 10, RevisionId: expect.any(String), LastModified: expect.any(String)});
    expect(after.RevisionId).not.toBe(before.RevisionId);
    expect(bench.retired).toEqual(['orders:$LATEST']);
    await expect(
      bench.call('UpdateFunctionConfiguration', {FunctionName: 'orders', RevisionId: before.RevisionId}),
    ).rejects.toMatchObject({code: 'PreconditionFailedException', status: 412});
  });

  it('loses its variables to an empty environment', async () => {
    const after = await bench.call('UpdateFunctionConfiguration', {
      FunctionName: 'orders',
      Environment: {Variables: {}},
    });
    expect(after).not.toHaveProperty('Environment');
  });

  it('takes new code', async () => {
    const ZipFile = zip({'index.mjs': 'export const handler = async () => 2'});
    const after = await bench.call('UpdateFunctionCode', {FunctionName: 'orders', ZipFile});
    expect(after).toMatchObject({CodeSize: ZipFile.length, Environment: {Variables: {TABLE: 'orders'}}});
  });

  it('is listed in pages of fifty', async () => {
    for (let index = 0; index < 51; index++) await bench.createFunction({FunctionName: `orders-${index}`});
    const first = await bench.call<{Functions: unknown[]; NextMarker: string}>('ListFunctions');
    expect(first.Functions).toHaveLength(50);
    const rest = await bench.call<{Functions: unknown[]}>('ListFunctions', {Marker: first.NextMarker});
    expect(rest.Functions).toHaveLength(2);
    expect(rest).not.toHaveProperty('NextMarker');
  });

  it('has tags that change', async () => {
    await bench.call('TagResource', {Resource: arn, Tags: {stage: 'dev'}});
    await bench.call('UntagResource', {Resource: arn, TagKeys: ['team']});
    expect(await bench.call('ListTags', {Resource: arn})).toEqual({Tags: {stage: 'dev'}});
  });

  it('takes everything along when it is deleted', async () => {
    await bench.call('PublishVersion', {FunctionName: 'orders'});
    await bench.call('CreateAlias', {FunctionName: 'orders', Name: 'live', FunctionVersion: '1'});
    await bench.call('PutFunctionEventInvokeConfig', {FunctionName: 'orders', MaximumRetryAttempts: 0});
    await bench.createFunction({FunctionName: 'orders2'});
    await bench.call('DeleteFunction', {FunctionName: 'orders'});
    const {lambda} = bench;
    expect([...lambda.functions.keys()]).toEqual(['orders2']);
    expect([lambda.versions.size, lambda.aliases.size, lambda.eventInvokeConfigs.size]).toEqual([0, 0, 0]);
    expect(bench.retired).toContain('orders');
  });

  it('has a resource policy of its own, and of each of its versions', async () => {
    const permission = {
      FunctionName: 'orders',
      StatementId: 'uploads',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::uploads',
      SourceAccount: '000000000000',
    };
    const statement = {
      Sid: 'uploads',
      Effect: 'Allow',
      Principal: {Service: 's3.amazonaws.com'},
      Action: 'lambda:InvokeFunction',
      Resource: arn,
      Condition: {
        StringEquals: {'AWS:SourceAccount': '000000000000'},
        ArnLike: {'AWS:SourceArn': 'arn:aws:s3:::uploads'},
      },
    };
    const {Statement} = await bench.call<{Statement: string}>('AddPermission', permission);
    expect(JSON.parse(Statement)).toEqual(statement);
    const {Policy} = await bench.call<{Policy: string}>('GetPolicy', {FunctionName: 'orders'});
    const document = {Version: '2012-10-17', Id: 'default', Statement: [statement]};
    expect(JSON.parse(Policy)).toEqual(document);
    expect(bench.services.get('lambda')!.resourcePolicy!(arn)).toEqual(document);
    expect(bench.services.get('lambda')!.resourcePolicy!(`${arn}:1`)).toBeUndefined();
    await expect(bench.call('AddPermission', permission)).rejects.toMatchObject({code: 'ResourceConflictException'});
    for (const more of [{SourceArn: 'receipts'}, {SourceAccount: 'ours'}])
      await expect(bench.call('AddPermission', {...permission, StatementId: 'other', ...more})).rejects.toMatchObject({
        code: 'ValidationException',
      });
    await bench.call('RemovePermission', {FunctionName: 'orders', StatementId: 'uploads'});
    await expect(bench.call('GetPolicy', {FunctionName: 'orders'})).rejects.toMatchObject({
      message: 'The resource you requested does not exist.',
    });
  });

  it('reserves concurrency as far as the account has it', async () => {
    await bench.call('PutFunctionConcurrency', {FunctionName: 'orders', ReservedConcurrentExecutions: 900});
    expect(await bench.call('GetFunctionConcurrency', {FunctionName: 'orders'})).toEqual({
      ReservedConcurrentExecutions: 900,
    });
    expect(await bench.call('GetAccountSettings')).toMatchObject({
      AccountLimit: {ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100},
      AccountUsage: {FunctionCount: 1},
    });
    await bench.createFunction({FunctionName: 'receipts'});
    await expect(
      bench.call('PutFunctionConcurrency', {FunctionName: 'receipts', ReservedConcurrentExecutions: 1}),
    ).rejects.toMatchObject({message: expect.stringContaining('below its minimum value of [100]')});
    await bench.call('Invoke', {FunctionName: 'orders'});
    expect(bench.invocations[0]).toMatchObject({reservedConcurrency: 900});
  });
});

function fakeS3(getObject: (input: unknown) => object): Service {
  return {
    name: 's3',
    signingNames: ['s3'],
    protocol: {kind: 'rest-xml'},
    store: undefined,
    operations: [{name: 'GetObject', input: {kind: 'document'}, permissions: () => [], run: getObject}],
  };
}

/** One byte of a file that is stored as it is. */
function damaged(): Uint8Array {
  const bytes = zipSync({'index.mjs': [strToU8('export const handler = async () => 1'), {level: 0}]});
  const firstByte = 30 + 'index.mjs'.length;
  bytes[firstByte] = bytes[firstByte]! ^ 0xff;
  return bytes;
}
