import {operationOf} from '../../../operation.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {onQueue} from '../permissions.ts';
import {receive} from '../receive.ts';
import {repeatReceive} from '../receive-attempt.ts';
import {receivedMessage} from '../received-message.ts';
import type {SqsStore} from '../store.ts';
import {checkVisibilityTimeout} from '../visibility.ts';

export const receiveMessage = operationOf<SqsStore>()({
  name: 'ReceiveMessage',
  input: structure({
    QueueUrl: required(string),
    AttributeNames: list(string),
    MessageSystemAttributeNames: list(string),
    MessageAttributeNames: list(string),
    MaxNumberOfMessages: integer,
    VisibilityTimeout: integer,
    WaitTimeSeconds: integer,
    ReceiveRequestAttemptId: string,
  }),
  permissions: (input, _context, store) => onQueue('ReceiveMessage', input, store),
  async run(input, {signal}, store) {
    const queue = store.queueOfUrl(input.QueueUrl);
    const {MaxNumberOfMessages: most = 1, WaitTimeSeconds: waitSeconds, VisibilityTimeout: visibilityTimeout} = input;
    if (most < 1 || most > 10)
      throw invalidParameter(
        `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
      );
    if (waitSeconds !== undefined && (waitSeconds < 0 || waitSeconds > 20))
      throw invalidParameter(
        `Value ${waitSeconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
      );
    if (visibilityTimeout !== undefined) checkVisibilityTimeout(visibilityTimeout);
    const entries = await repeatReceive(store, queue, input.ReceiveRequestAttemptId, () =>
      receive(store, queue, {most, visibilityTimeout, waitSeconds, signal}),
    );
    const systemAttributes = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
    const attributes = input.MessageAttributeNames ?? [];
    return entries.length === 0
      ? {}
      : {Messages: entries.map(entry => receivedMessage(queue, entry, systemAttributes, attributes))};
  },
});
