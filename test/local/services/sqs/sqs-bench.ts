import {onTestFinished} from 'vitest';
import {sqsService} from '../../../../src/local/services/sqs/service.ts';
import {openState, type State} from '../../../../src/local/state.ts';
import {manualClock, openBench} from '../../harness.ts';

export interface ReceivedMessage {
  readonly MessageId: string;
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes?: Record<string, string>;
  readonly MessageAttributes?: Record<string, unknown>;
  readonly MD5OfBody: string;
  readonly MD5OfMessageAttributes?: string;
}

/** SQS on a clock that is moved by hand. */
export function openSqs() {
  const clock = manualClock();
  const bench = openBench(clock);
  onTestFinished(() => bench.close());
  const start = (state: State) =>
    bench.services.set('sqs', sqsService({state, clock, account: '000000000000', region: 'us-east-1'}));
  start(bench.state);
  const call = <T = Record<string, unknown>>(operation: string, input: object = {}) =>
    bench.call<T>('sqs', operation, input);
  return {
    bench,
    clock,
    call,
    /** A new service that knows only what is on disk, as after a kill. */
    restart() {
      bench.services.get('sqs')?.close?.();
      const state = openState(bench.folder);
      onTestFinished(() => state.close());
      start(state);
    },
    async queue(name: string, attributes: Record<string, string> = {}): Promise<string> {
      return (await call<{QueueUrl: string}>('CreateQueue', {QueueName: name, Attributes: attributes})).QueueUrl;
    },
    send: (QueueUrl: string, MessageBody: string, more: object = {}) =>
      call<{MessageId: string; SequenceNumber?: string}>('SendMessage', {QueueUrl, MessageBody, ...more}),
    async receive(QueueUrl: string, more: object = {}): Promise<ReceivedMessage[]> {
      const input = {QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...more};
      return (await call<{Messages?: ReceivedMessage[]}>('ReceiveMessage', input)).Messages ?? [];
    },
    async attributes(QueueUrl: string): Promise<Record<string, string>> {
      const input = {QueueUrl, AttributeNames: ['All']};
      return (await call<{Attributes: Record<string, string>}>('GetQueueAttributes', input)).Attributes;
    },
  };
}

export const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
export const bodies = (messages: readonly ReceivedMessage[]) => messages.map(({Body}) => Body);
