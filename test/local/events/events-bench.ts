import type {Access} from '../../../src/local/access/access.ts';
import type {Caller} from '../../../src/local/caller.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {dynamodbService} from '../../../src/local/services/dynamodb/service.ts';
import {dynamodbStreamsService} from '../../../src/local/services/dynamodb/streams-service.ts';
import {s3Service} from '../../../src/local/services/s3/service.ts';
import {sqsService} from '../../../src/local/services/sqs/service.ts';
import {manualClock} from '../harness.ts';
import {openLambdaBench} from '../services/lambda/lambda-bench.ts';

/** Lambda and what it reads from and writes to, with a clock moved by hand, and an access that notes who calls what and denies what it is told to. */
export function openEventsBench() {
  const clock = manualClock();
  const bench = openLambdaBench(clock);
  const {state, options} = bench;
  const owner = {state, clock, account: options.account, region: options.region};
  bench.services.set('sqs', sqsService(owner));
  bench.services.set('s3', s3Service(owner));
  const dynamodb = dynamodbService(owner);
  bench.services.set('dynamodb', dynamodb);
  bench.services.set('dynamodbstreams', dynamodbStreamsService(dynamodb.store));
  const calls: {caller: Caller; operation: string; input: Record<string, unknown>}[] = [];
  const forbidden = new Set<string>();
  const access: Access = {
    credentialsOf: () => undefined,
    issueCredentials: () => {
      throw new Error('no credentials here');
    },
    allows: () => true,
    async call(caller, service, operationName, input, {signal} = {}) {
      calls.push({caller, operation: operationName, input: input as Record<string, unknown>});
      if (forbidden.has(operationName))
        throw new ServiceError('AccessDenied', `not authorized to perform: ${service}:${operationName}`, {status: 403});
      const {operations, store} = bench.services.get(service)!;
      const operation = operations.find(({name}) => name === operationName)!;
      const context = bench.context(caller);
      return (await operation.run(input, signal === undefined ? context : {...context, signal}, store)) as never;
    },
  };
  const sqs = <T = Record<string, unknown>>(operation: string, input: object) =>
    bench.callService<T>('sqs', operation, input);
  return {
    ...bench,
    clock,
    calls,
    forbidden,
    access,
    streams: dynamodb.store.streams,
    endpoint: () => 'http://127.0.0.1:4566',
    async createQueue(name: string, attributes: Record<string, string> = {}) {
      const {QueueUrl} = await sqs<{QueueUrl: string}>('CreateQueue', {QueueName: name, Attributes: attributes});
      return {
        url: QueueUrl,
        arn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
        send: (body: string, input: object = {}) => sqs('SendMessage', {QueueUrl, MessageBody: body, ...input}),
        async receive() {
          const {Messages = []} = await sqs<{Messages?: {Body: string; MessageAttributes?: object}[]}>(
            'ReceiveMessage',
            {
              QueueUrl,
              MaxNumberOfMessages: 10,
              MessageAttributeNames: ['All'],
            },
          );
          return Messages;
        },
        /** Visible messages, and those in somebody's hands. */
        async depth() {
          const {Attributes} = await sqs<{Attributes: Record<string, string>}>('GetQueueAttributes', {
            QueueUrl,
            AttributeNames: ['All'],
          });
          const {ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible} = Attributes;
          return [Number(ApproximateNumberOfMessages), Number(ApproximateNumberOfMessagesNotVisible)];
        },
      };
    },
  };
}

/** Waits, in real time, for what other promises bring about. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 2));
}
