import {createHash} from 'node:crypto';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Context, SQSEvent, SQSRecord} from 'aws-lambda';

/**
 * Just enough of S3, DynamoDB and SQS for the handlers, on a loopback port: the tests run the real SDK clients.
 * `gear deploy --local` is the place for everything else.
 */
export interface FakeAws {
  readonly objects: Map<string, {readonly body: Uint8Array; readonly type?: string}>;
  /** Rows by table and key, as plain values. */
  readonly rows: Map<string, Record<string, unknown>>;
  readonly sent: SentMessage[];
  /** What the role may do, in order: `s3:GetObject incoming/a.json`. */
  readonly calls: string[];
  /** Actions that are answered with AccessDenied. */
  readonly denied: Set<string>;
  reset(): void;
  close(): Promise<void>;
}

export interface SentMessage {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes: Readonly<Record<string, {readonly DataType: string; readonly StringValue: string}>>;
}

export async function startFakeAws(): Promise<FakeAws> {
  const fake = {objects: new Map(), rows: new Map(), sent: [], calls: [], denied: new Set()} satisfies Partial<FakeAws>;
  const server = createServer((request, response) => {
    answer(request, response, {...fake, server}).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_SERVICE_NAME: 'gear-service-name',
    POWERTOOLS_METRICS_NAMESPACE: 'gear-service-name',
    TABLE_NAME: 'objects',
    IDEMPOTENCY_TABLE_NAME: 'idempotency',
    DEAD_LETTER_QUEUE_URL: `${endpoint}/000000000000/dead-letters`,
    INGEST_QUEUE_URL: `${endpoint}/000000000000/ingest`,
    MAXIMUM_ATTEMPTS: '3',
    FIRST_DELAY_SECONDS: '5',
  });
  return {
    ...fake,
    reset() {
      for (const store of [fake.objects, fake.rows, fake.denied]) store.clear();
      fake.sent.length = 0;
      fake.calls.length = 0;
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}

type Stores = Pick<FakeAws, 'objects' | 'rows' | 'sent' | 'calls' | 'denied'> & {readonly server: Server};

async function answer(request: IncomingMessage, response: ServerResponse, stores: Stores): Promise<void> {
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string') return answerS3(request, response, stores);
  const [service, operation] = target.split('.') as [string, string];
  const action = `${service === 'AmazonSQS' ? 'sqs' : 'dynamodb'}:${operation}`;
  const input = JSON.parse(await text(request));
  stores.calls.push(`${action} ${input.TableName ?? input.QueueUrl.split('/').at(-1)}`);
  const json = (status: number, body: object) =>
    response.writeHead(status, {'content-type': 'application/x-amz-json-1.0'}).end(JSON.stringify(body));
  if (stores.denied.has(action)) {
    json(400, {
      __type: 'com.amazon.coral.service#AccessDeniedException',
      Message: `not authorized to perform: ${action}`,
    });
  } else if (action === 'sqs:SendMessage') {
    stores.sent.push(input);
    json(200, {MessageId: '1', MD5OfMessageBody: createHash('md5').update(input.MessageBody).digest('hex')});
  } else {
    const present = dynamodb(operation, input, stores.rows);
    if (present === undefined) json(200, {});
    else
      json(400, {
        __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: present,
      });
  }
}

/** The item in the way, when the condition fails. */
function dynamodb(operation: string, input: Input, rows: FakeAws['rows']): object | undefined {
  const attributes = input.Item ?? input.Key ?? {};
  const id = [input.TableName, ...['id', 'object', 'record'].flatMap(name => attributes[name]?.S ?? [])].join(' ');
  const present = rows.get(id);
  if (operation === 'DeleteItem') rows.delete(id);
  if (operation !== 'PutItem') return undefined;
  if (!holds(input, present)) return present?.raw as object;
  rows.set(id, {...(plain({M: attributes}) as object), raw: attributes});
  return undefined;
}

/** As much of DynamoDB's condition language as the handlers and Powertools use: `a OR b OR (c AND d)`. */
function holds(input: Input, present: Record<string, unknown> | undefined): boolean {
  if (input.ConditionExpression === undefined) return true;
  const name = (placeholder: string) => input.ExpressionAttributeNames?.[placeholder] ?? placeholder;
  const term = (text: string): boolean => {
    const [, existence, placeholder = ''] = /^attribute_(not_exists|exists)\((.+)\)$/.exec(text) ?? [];
    if (existence !== undefined) return (present?.[name(placeholder)] === undefined) === (existence === 'not_exists');
    const [left = '', operator, right = ''] = text.split(' ');
    const actual = present?.[name(left)] as string | undefined;
    const expected = plain(input.ExpressionAttributeValues?.[right] ?? {}) as string;
    return actual !== undefined && (operator === '<' ? actual < expected : actual === expected);
  };
  return input.ConditionExpression.split(' OR ').some(clause =>
    clause
      .replace(/^\((.* AND .*)\)$/, '$1')
      .split(' AND ')
      .every(term),
  );
}

interface Input {
  readonly TableName: string;
  readonly Item?: Record<string, Attribute>;
  readonly Key?: Record<string, Attribute>;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, Attribute>;
}

interface Attribute {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly L?: readonly Attribute[];
  readonly M?: Readonly<Record<string, Attribute>>;
}

function plain({S, N, BOOL, L, M}: Attribute): unknown {
  if (M !== undefined) return Object.fromEntries(Object.entries(M).map(([name, value]) => [name, plain(value)]));
  return S ?? (N === undefined ? undefined : Number(N)) ?? BOOL ?? L?.map(plain);
}

function answerS3(request: IncomingMessage, response: ServerResponse, {objects, calls, denied}: Stores): void {
  const path = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname);
  const key = path.split('/').slice(2).join('/');
  calls.push(`s3:GetObject ${key}`);
  const found = denied.has('s3:GetObject') ? undefined : objects.get(key);
  if (found === undefined) {
    const body = '<Error><Code>AccessDenied</Code><Message>not authorized to perform: s3:GetObject</Message></Error>';
    response.writeHead(403, {'content-type': 'application/xml'}).end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  const headers = {'content-length': found.body.length, 'content-type': found.type ?? 'application/octet-stream'};
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : found.body);
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What SQS gives to Lambda for the objects or bodies given. */
export function sqsEvent(...messages: readonly Partial<SQSRecord>[]): SQSEvent {
  return {
    Records: messages.map((message, index) => ({
      messageId: `message-${index}`,
      receiptHandle: 'handle',
      body: '',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1795253400000',
        SenderId: 'AIDAEXAMPLE',
        ApproximateFirstReceiveTimestamp: '1795253400001',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue',
      awsRegion: 'us-east-1',
      ...message,
    })),
  };
}

export function objectCreated(key: string, sequencer = '0A'): string {
  const s3 = {bucket: {name: 'inbox'}, object: {key: encodeURIComponent(key), size: 1, eTag: 'e', sequencer}};
  return JSON.stringify({Records: [{eventName: 'ObjectCreated:Put', s3}]});
}

/** Attributes of a sent message as they arrive at the next function. */
export function received({MessageBody, MessageAttributes}: SentMessage): Partial<SQSRecord> {
  return {
    body: MessageBody,
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, {DataType, StringValue}]) => [
        name,
        {dataType: DataType, stringValue: StringValue},
      ]),
    ),
  };
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
