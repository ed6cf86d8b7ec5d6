import type {SQSRecord} from 'aws-lambda';
import type {QueuedRequest} from './request-row.ts';

/** The correlation id stands outside, where it can be read without opening the body. */
export function toMessage(request: QueuedRequest) {
  return {
    MessageBody: JSON.stringify(request),
    MessageAttributes: {CorrelationId: {DataType: 'String', StringValue: request.correlationId}},
  };
}

export function readMessage({body}: Pick<SQSRecord, 'body'>): QueuedRequest {
  let value: Partial<QueuedRequest> | null = null;
  try {
    value = JSON.parse(body);
  } catch {
    // Told below, together with JSON that is no request.
  }
  const {requestId, correlationId, expiresAt, envelope} = value ?? {};
  if (
    typeof requestId !== 'string' ||
    typeof correlationId !== 'string' ||
    typeof expiresAt !== 'number' ||
    typeof envelope?.ciphertext !== 'string'
  )
    throw new Unreadable('The message is not a request');
  return {requestId, correlationId, expiresAt, envelope};
}

/** Nobody but `accept` should write to the queue. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
