import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import {executionRole} from '../services/lambda/execution-role.ts';
import {queueUrl} from '../services/lambda/mapping.ts';
import type {AsyncInvocation, EventInvokeRecord} from '../services/lambda/records.ts';
import type {InvocationResult} from '../services/lambda/runtime.ts';
import type {InvocationTarget} from '../services/lambda/store.ts';

/** An asynchronous invocation that came to its end. */
export interface EndedInvocation {
  readonly access: Access;
  readonly clock: Clock;
  readonly endpoint: string;
  readonly invocation: AsyncInvocation;
  readonly target: InvocationTarget;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  /** Of the last attempt; undefined when the function never ran. */
  readonly result: InvocationResult | undefined;
}

/** The invocation record, to where the configuration says for this end. */
export async function sendToDestination(ended: EndedInvocation, config: EventInvokeRecord | undefined): Promise<void> {
  const {OnSuccess, OnFailure} = config?.DestinationConfig ?? {};
  const arn = (ended.condition === 'Success' ? OnSuccess : OnFailure)?.Destination;
  if (arn === undefined) return;
  const record = JSON.stringify(invocationRecord(ended));
  switch (arn.split(':')[2]) {
    case 'sns':
      await asFunction(ended, 'sns', 'Publish', {TopicArn: arn, Message: record});
      break;
    case 'events':
      await putEvent(ended, arn, record);
      break;
    case 'lambda':
      await asFunction(ended, 'lambda', 'Invoke', {
        FunctionName: arn,
        InvocationType: 'Event',
        Payload: Buffer.from(record),
      });
      break;
    default:
      await send(ended, arn, {MessageBody: record});
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
async function putEvent(ended: EndedInvocation, EventBusName: string, Detail: string): Promise<void> {
  const {target, condition} = ended;
  const {Entries} = await asFunction<{Entries: readonly {readonly ErrorMessage?: string}[]}>(
    ended,
    'events',
    'PutEvents',
    {
      Entries: [
        {
          Source: 'lambda',
          DetailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
          Detail,
          Resources: [EventBusName, target.arn],
          EventBusName,
        },
      ],
    },
  );
  const problem = Entries[0]?.ErrorMessage;
  if (problem !== undefined) throw new Error(problem);
}

/** The event as it came, with the error in the message's attributes; to a queue or a topic. */
export async function sendToDeadLetterQueue(ended: EndedInvocation): Promise<void> {
  const {target, invocation, result} = ended;
  const arn = target.configuration.DeadLetterConfig?.TargetArn;
  if (arn === undefined) return;
  const text = (StringValue: string) => ({DataType: 'String', StringValue});
  const MessageAttributes = {
    RequestID: text(invocation.requestId),
    ErrorCode: {DataType: 'Number', StringValue: result === undefined ? '429' : '200'},
    ErrorMessage: text(errorMessage(result).slice(0, 1024) || ' '),
  };
  if (arn.startsWith('arn:aws:sns:'))
    await asFunction(ended, 'sns', 'Publish', {TopicArn: arn, Message: invocation.payload, MessageAttributes});
  else await send(ended, arn, {MessageBody: invocation.payload, MessageAttributes});
}

function send(ended: EndedInvocation, queueArn: string, message: object): Promise<unknown> {
  return asFunction(ended, 'sqs', 'SendMessage', {QueueUrl: queueUrl(queueArn, ended.endpoint), ...message});
}

/** With the function's own role, and as Lambda's doing. */
function asFunction<T>(
  {access, target}: EndedInvocation,
  service: string,
  operation: string,
  input: object,
): Promise<T> {
  return access.call<T>(executionRole(target.configuration, {onBehalf: 'lambda'}), service, operation, input);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-async-destinations */
function invocationRecord({clock, invocation, target, condition, result}: EndedInvocation) {
  const {configuration} = target;
  const attempts = condition === 'Success' ? invocation.failures + 1 : invocation.failures;
  return {
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    requestContext: {
      requestId: invocation.requestId,
      functionArn: invocation.qualifier === undefined ? `${target.arn}:$LATEST` : target.arn,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(invocation.payload) as unknown,
    ...(result !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: configuration.Version,
        ...(result.functionError !== undefined && {functionError: result.functionError}),
      },
      responsePayload: JSON.parse(Buffer.from(result.payload).toString()) as unknown,
    }),
  };
}

function errorMessage(result: InvocationResult | undefined): string {
  if (result === undefined) return 'Rate Exceeded.';
  try {
    const {errorMessage = ''} = JSON.parse(Buffer.from(result.payload).toString()) as {errorMessage?: string};
    return errorMessage;
  } catch {
    return '';
  }
}
