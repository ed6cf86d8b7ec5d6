import {CloudFormationClient, CreateStackCommand} from '@aws-sdk/client-cloudformation';
import {CloudWatchClient, PutMetricDataCommand} from '@aws-sdk/client-cloudwatch';
import {DynamoDBClient, GetItemCommand} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, GetRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {CreateFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand} from '@aws-sdk/client-lambda';
import {CreateQueueCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {operationOf} from '../../../src/local/operation.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {
  blob,
  document,
  double,
  integer,
  list,
  map,
  required,
  string,
  structure,
  timestamp,
} from '../../../src/local/shape.ts';
import {type EchoCloud, serviceOf, startEchoCloud} from './echo-cloud.ts';

const operation = operationOf<unknown>();
const none = () => [];

const sqs = serviceOf(
  'sqs',
  {kind: 'json', targetPrefix: 'AmazonSQS', version: '1.0', errorPrefix: 'com.amazonaws.sqs#'},
  [
    operation({
      name: 'CreateQueue',
      input: structure({QueueName: required(string), Attributes: map(string)}),
      permissions: none,
      run: ({QueueName}) => ({QueueUrl: `http://127.0.0.1/${QueueName}`}),
    }),
    operation({
      name: 'GetQueueUrl',
      input: structure({QueueName: required(string)}),
      permissions: none,
      run() {
        throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
      },
    }),
  ],
);

const dynamodb = serviceOf(
  'dynamodb',
  {kind: 'json', targetPrefix: 'DynamoDB_20120810', version: '1.0', errorPrefix: 'com.amazonaws.dynamodb.v20120810#'},
  [
    operation({
      name: 'GetItem',
      input: structure({TableName: required(string), Key: required(document)}),
      permissions: none,
      run: ({Key}) => ({Item: Key}),
    }),
  ],
);

const cloudwatch = serviceOf(
  'cloudwatch',
  {kind: 'json', targetPrefix: 'GraniteServiceVersion20100801', version: '1.0'},
  [
    operation({
      name: 'PutMetricData',
      input: structure({
        Namespace: required(string),
        MetricData: list(structure({MetricName: string, Timestamp: timestamp, Value: double})),
      }),
      permissions: none,
      run: () => ({}),
    }),
  ],
);

const tags = list(structure({Key: required(string), Value: required(string)}));
const iam = serviceOf(
  'iam',
  {kind: 'query', version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/'},
  [
    operation({
      name: 'CreateRole',
      input: structure({
        RoleName: required(string),
        AssumeRolePolicyDocument: required(string),
        MaxSessionDuration: integer,
        Tags: tags,
      }),
      permissions: none,
      run: ({RoleName, Tags}) => ({
        Role: {
          RoleName,
          Path: '/',
          RoleId: 'AROA',
          Arn: `arn:aws:iam::000000000000:role/${RoleName}`,
          CreateDate: new Date('2026-01-02T03:04:05Z'),
          Description: '<a & b>',
          Tags,
          PermissionsBoundary: undefined,
        },
      }),
    }),
    operation({
      name: 'GetRole',
      input: structure({RoleName: required(string)}),
      permissions: none,
      run() {
        throw new ServiceError('NoSuchEntity', 'The role cannot be found.', {status: 404});
      },
    }),
  ],
);

const cloudformation = serviceOf(
  'cloudformation',
  {kind: 'query', version: '2010-05-15', namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/'},
  [
    operation({
      name: 'CreateStack',
      input: structure({
        StackName: required(string),
        TemplateBody: string,
        Capabilities: list(string),
        Parameters: list(structure({ParameterKey: string, ParameterValue: string})),
      }),
      permissions: none,
      run: () => ({StackId: 'arn:stack'}),
    }),
  ],
);

const lambda = serviceOf('lambda', {kind: 'rest-json'}, [
  operation({
    name: 'ListFunctions',
    input: structure({Marker: string, MaxItems: integer}),
    http: {method: 'GET', path: '/2015-03-31/functions', query: {Marker: 'Marker', MaxItems: 'MaxItems'}},
    permissions: none,
    run: ({MaxItems}) => ({Functions: [{FunctionName: 'orders', MemorySize: MaxItems}]}),
  }),
  operation({
    name: 'CreateFunction',
    input: structure({
      FunctionName: required(string),
      Role: required(string),
      Code: required(structure({ZipFile: blob})),
      Timeout: integer,
    }),
    http: {method: 'POST', path: '/2015-03-31/functions', status: 201},
    permissions: none,
    run: ({FunctionName, Code}) => ({FunctionName, CodeSize: Code.ZipFile?.length}),
  }),
  operation({
    name: 'Invoke',
    input: structure({FunctionName: required(string), InvocationType: string, Qualifier: string, Payload: blob}),
    http: {
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      query: {Qualifier: 'Qualifier'},
      headers: {InvocationType: 'X-Amz-Invocation-Type'},
      payload: 'Payload',
      responseHeaders: {ExecutedVersion: 'X-Amz-Executed-Version'},
      responsePayload: 'Payload',
    },
    permissions: none,
    run({FunctionName, InvocationType, Payload}) {
      if (FunctionName === 'missing')
        throw new ServiceError('ResourceNotFoundException', `Function not found: ${FunctionName}`, {status: 404});
      return {$status: InvocationType === 'Event' ? 202 : 200, Payload, ExecutedVersion: '$LATEST'};
    },
  }),
]);

let cloud: EchoCloud;
beforeAll(async () => {
  cloud = await startEchoCloud([sqs, dynamodb, cloudwatch, iam, cloudformation, lambda]);
});
afterAll(() => cloud.close());
beforeEach(() => {
  cloud.calls.length = 0;
});

/** The error that a call ends with. */
async function failure(call: Promise<unknown>): Promise<Error & {$metadata: {httpStatusCode: number}}> {
  return call.then(
    () => expect.unreachable('the call went through'),
    error => error,
  );
}

describe('JSON, with the JavaScript SDK', () => {
  const client = () => new SQSClient(cloud.client);

  it('takes an input and gives back an output', async () => {
    const {QueueUrl, $metadata} = await client().send(
      new CreateQueueCommand({QueueName: 'orders', Attributes: {VisibilityTimeout: '30'}}),
    );
    expect(QueueUrl).toBe('http://127.0.0.1/orders');
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(cloud.calls).toEqual([
      {operation: 'CreateQueue', input: {QueueName: 'orders', Attributes: {VisibilityTimeout: '30'}}},
    ]);
  });

  it('answers an error with its type and the code it has in the Query protocol', async () => {
    const error = await failure(client().send(new GetQueueUrlCommand({QueueName: 'none'})));
    expect(error).toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });

  it('refuses a member it does not know, by name', async () => {
    const error = await failure(client().send(new CreateQueueCommand({QueueName: 'orders', tags: {team: 'a'}})));
    expect(error.message).toBe("gear local does not implement CreateQueue's tags");
    expect(error.$metadata.httpStatusCode).toBe(501);
    expect(cloud.calls).toEqual([]);
  });

  it('refuses an operation it does not know, by name', async () => {
    const error = await failure(client().send(new SendMessageCommand({QueueUrl: 'x', MessageBody: 'y'})));
    expect(error.message).toBe("gear local does not implement SQS's SendMessage");
  });

  it('says which required member is missing', async () => {
    const error = await failure(client().send(new CreateQueueCommand({QueueName: undefined})));
    expect(error).toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'queueName' failed to satisfy constraint: Member must not be null",
    });
  });

  it('hands documents on as they are', async () => {
    const Key = {id: {S: 'a'}, bytes: {B: new Uint8Array([1, 2])}};
    const {Item} = await new DynamoDBClient(cloud.client).send(new GetItemCommand({TableName: 'orders', Key}));
    expect(Item).toEqual(Key);
  });

  it('reads times as dates', async () => {
    const Timestamp = new Date('2026-01-02T03:04:05Z');
    await new CloudWatchClient(cloud.client).send(
      new PutMetricDataCommand({Namespace: 'orders', MetricData: [{MetricName: 'Errors', Timestamp, Value: 1.5}]}),
    );
    expect(cloud.calls[0]!.input).toEqual({
      Namespace: 'orders',
      MetricData: [{MetricName: 'Errors', Timestamp, Value: 1.5}],
    });
  });
});

describe('Query, with the JavaScript SDK', () => {
  it('decodes lists of structures and numbers, and answers in XML', async () => {
    const {Role} = await new IAMClient(cloud.client).send(
      new CreateRoleCommand({
        RoleName: 'orders',
        AssumeRolePolicyDocument: '{"a": "+&="}',
        MaxSessionDuration: 3600,
        Tags: [
          {Key: 'team', Value: 'a'},
          {Key: 'b', Value: ''},
        ],
      }),
    );
    expect(cloud.calls[0]!.input).toEqual({
      RoleName: 'orders',
      AssumeRolePolicyDocument: '{"a": "+&="}',
      MaxSessionDuration: 3600,
      Tags: [
        {Key: 'team', Value: 'a'},
        {Key: 'b', Value: ''},
      ],
    });
    expect(Role).toMatchObject({
      Description: '<a & b>',
      CreateDate: new Date('2026-01-02T03:04:05Z'),
      Tags: [
        {Key: 'team', Value: 'a'},
        {Key: 'b', Value: ''},
      ],
    });
  });

  it('answers an error with its code', async () => {
    const error = await failure(new IAMClient(cloud.client).send(new GetRoleCommand({RoleName: 'none'})));
    expect(error).toMatchObject({Code: 'NoSuchEntity', message: 'The role cannot be found.'});
    expect(error.$metadata.httpStatusCode).toBe(404);
  });

  it('refuses members and takes empty lists', async () => {
    const client = new CloudFormationClient(cloud.client);
    await client.send(new CreateStackCommand({StackName: 'orders', Capabilities: [], TemplateBody: 'a'}));
    expect(cloud.calls[0]!.input).toEqual({StackName: 'orders', Capabilities: [], TemplateBody: 'a'});
    const error = await failure(
      client.send(new CreateStackCommand({StackName: 'orders', RoleARN: 'arn:aws:iam::1:role/x'})),
    );
    expect(error.message).toBe("gear local does not implement CreateStack's RoleARN");
    const nested = await failure(
      client.send(
        new CreateStackCommand({StackName: 'orders', Parameters: [{ParameterKey: 'a', UsePreviousValue: true}]}),
      ),
    );
    expect(nested.message).toBe("gear local does not implement CreateStack's Parameters.1.UsePreviousValue");
  });
});

describe('REST-JSON, with the JavaScript SDK', () => {
  const client = () => new LambdaClient(cloud.client);

  it('reads query parameters', async () => {
    const {Functions} = await client().send(new ListFunctionsCommand({MaxItems: 7}));
    expect(Functions).toEqual([{FunctionName: 'orders', MemorySize: 7}]);
    const error = await failure(client().send(new ListFunctionsCommand({FunctionVersion: 'ALL'})));
    expect(error.message).toBe('gear local does not implement the query parameter FunctionVersion of ListFunctions');
  });

  it('reads a document and bytes in it', async () => {
    const answer = await client().send(
      new CreateFunctionCommand({FunctionName: 'orders', Role: 'role', Code: {ZipFile: new Uint8Array(10)}}),
    );
    expect(answer).toMatchObject({FunctionName: 'orders', CodeSize: 10, $metadata: {httpStatusCode: 201}});
    const error = await failure(
      client().send(
        new CreateFunctionCommand({
          FunctionName: 'orders',
          Role: 'r',
          Code: {S3Bucket: 'b', S3Key: 'k'},
          Publish: true,
        }),
      ),
    );
    expect(error.message).toBe("gear local does not implement CreateFunction's Code.S3Bucket");
  });

  it('takes and gives a raw payload, with labels, headers and a status of its own', async () => {
    const answer = await client().send(
      new InvokeCommand({
        FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
        InvocationType: 'Event',
        Qualifier: 'live',
        Payload: Buffer.from('{"a":1}'),
      }),
    );
    expect(cloud.calls[0]!.input).toMatchObject({
      FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
      Qualifier: 'live',
    });
    expect(answer).toMatchObject({StatusCode: 202, ExecutedVersion: '$LATEST'});
    expect(answer.Payload!.transformToString()).toBe('{"a":1}');
  });

  it('answers errors, and refuses a header by name', async () => {
    const error = await failure(client().send(new InvokeCommand({FunctionName: 'missing'})));
    expect(error).toMatchObject({name: 'ResourceNotFoundException', message: 'Function not found: missing'});
    const refused = await failure(client().send(new InvokeCommand({FunctionName: 'orders', LogType: 'Tail'})));
    expect(refused.message).toBe('gear local does not implement the header x-amz-log-type of Invoke');
  });
});
