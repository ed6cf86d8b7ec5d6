import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Context} from 'aws-lambda';

/**
 * Just enough of DynamoDB for the handler, on a loopback port: the tests run the real SDK client.
 * `gear deploy --local` is the place for everything else.
 */
export interface FakeDynamoDb {
  /** By their id, in DynamoDB's own notation. */
  readonly rows: Map<string, Item>;
  /** Actions that are answered with AccessDenied. */
  readonly denied: Set<string>;
  reset(): void;
  close(): Promise<void>;
}

export type Item = Readonly<Record<string, {readonly S?: string; readonly N?: string}>>;

export async function startFakeDynamoDb(): Promise<FakeDynamoDb> {
  const fake = {rows: new Map<string, Item>(), denied: new Set<string>()};
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1]!;
    const answer = fake.denied.has(operation)
      ? failure('AccessDeniedException', `not authorized to perform: dynamodb:${operation}`)
      : answerTo(operation, JSON.parse(await text(request)), fake.rows);
    response.writeHead('__type' in answer ? 400 : 200, {'content-type': 'application/x-amz-json-1.0'});
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_SERVICE_NAME: 'gear-service-name',
    POWERTOOLS_METRICS_NAMESPACE: 'gear-service-name',
    TABLE_NAME: 'table',
    FIRST_RUN_MINUTES: '60',
  });
  return {
    ...fake,
    reset() {
      fake.rows.clear();
      fake.denied.clear();
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}

interface Input {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Item;
}

function answerTo(operation: string, {Item, Key, ...input}: Input, rows: Map<string, Item>): object {
  const id = (Item ?? Key)?.id?.S ?? '';
  const present = rows.get(id);
  if (operation === 'GetItem') return present === undefined ? {} : {Item: present};
  if (operation !== 'PutItem' || Item === undefined) return failure('UnknownOperationException', operation);
  // The only condition that the handler makes: no run at this time or a later one.
  const last = present?.scheduledTime?.S;
  const time = input.ExpressionAttributeValues?.[':time']?.S;
  if (input.ConditionExpression !== undefined && last !== undefined && time !== undefined && last >= time)
    return failure('ConditionalCheckFailedException', 'The conditional request failed');
  rows.set(id, Item);
  return {};
}

function failure(name: string, message: string): object {
  return {__type: `com.amazonaws.dynamodb.v20120810#${name}`, message};
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export const context = {
  functionName: 'function',
  functionVersion: '$LATEST',
  memoryLimitInMB: '256',
  awsRequestId: 'request',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:function',
  logGroupName: 'group',
  logStreamName: 'stream',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 30_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
} satisfies Context;
