import type {Operation, Protocol, Service} from '../../operation.ts';
import type {RequestBody} from '../../request-body.ts';
import {notImplemented, type ServiceError} from '../../service-error.ts';
import type {WireRequest} from '../request.ts';

/** How one of AWS's protocols says what is asked and what the answer is. */
export interface WireProtocol {
  /** Which operation is meant, and its input. `services` are those with the signing name of the request. */
  read(request: WireRequest, services: readonly Service[], body: WireBody): Promise<WireCall>;
  answer(call: WireCall, output: unknown, request: WireRequest): WireAnswer;
  refuse(error: ServiceError, service: Service | undefined, request: WireRequest): WireAnswer;
}

export interface WireCall {
  readonly service: Service;
  // biome-ignore lint/suspicious/noExplicitAny: inputs differ per operation, and were checked by its shape
  readonly operation: Operation<any, any, unknown>;
  readonly input: object;
}

/** The authenticated body; one of the two is used, once. */
export interface WireBody {
  bytes(limit?: number): Promise<Buffer>;
  stream(): RequestBody;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | NodeJS.ReadableStream;
}

/** What people call a service in a sentence that refuses something of it. */
export function serviceTitle({name}: Service): string {
  return titles[name] ?? name;
}

const titles: Readonly<Record<string, string>> = {
  apigatewayv2: 'API Gateway',
  cloudformation: 'CloudFormation',
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDB',
  events: 'EventBridge',
  iam: 'IAM',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  s3: 'S3',
  scheduler: 'EventBridge Scheduler',
  sns: 'SNS',
  sqs: 'SQS',
  sts: 'STS',
};

export function operationNamed(service: Service, name: string): WireCall['operation'] {
  const operation = service.operations.find(candidate => candidate.name === name);
  if (operation === undefined) throw notImplemented(`${serviceTitle(service)}'s ${name}`);
  return operation;
}

/** The protocol that a request seems to be written in, before anything is known of its sender. */
export function spokenProtocol(request: WireRequest, signingName: string | undefined): Protocol['kind'] {
  if (request.headers['x-amz-target'] !== undefined) return 'json';
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return 'query';
  if (request.path === '/' && request.query.some(([name]) => name === 'Action')) return 'query';
  if (signingName === 's3' || signingName === undefined)
    return signingName === undefined && /^\/\d{4}-\d\d-\d\d\//.test(request.path) ? 'rest-json' : 'rest-xml';
  return 'rest-json';
}
