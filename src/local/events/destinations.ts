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

/** The invocation record, to the queue that the configuration names for this end. */
export async function sendToDestination(ended: EndedInvocation, config: EventInvokeRecord | undefined): Promise<void> {
  const {OnSuccess, OnFailure} = config?.DestinationConfig ?? {};
  const queue = (ended.condition === 'Success' ? OnSuccess : OnFailure)?.Destination;
  if (queue !== undefined) await send(ended, queue, {MessageBody: JSON.stringify(invocationRecord(ended))});
}

/** The event as it came, with the error in the message's attributes. */
export async function sendToDeadLetterQueue(ended: EndedInvocation): Promise<void> {
  const {target, invocation, result} = ended;
  const queue = target.configuration.DeadLetterConfig?.TargetArn;
  if (queue === undefined) return;
  const text = (StringValue: string) => ({DataType: 'String', StringValue});
  await send(ended, queue, {
    MessageBody: invocation.payload,
    MessageAttributes: {
      RequestID: text(invocation.requestId),
      ErrorCode: {DataType: 'Number', StringValue: result === undefined ? '429' : '200'},
      ErrorMessage: text(errorMessage(result).slice(0, 1024) || ' '),
    },
  });
}

function send({access, endpoint, target}: EndedInvocation, queueArn: string, message: object): Promise<unknown> {
  const role = executionRole(target.configuration, {onBehalf: 'lambda'});
  return access.call(role, 'sqs', 'SendMessage', {QueueUrl: queueUrl(queueArn, endpoint), ...message});
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
