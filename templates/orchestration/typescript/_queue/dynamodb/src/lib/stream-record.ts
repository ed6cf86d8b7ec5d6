import type {DynamoDBRecord} from 'aws-lambda';
import type {QueuedRequest} from './request-row.ts';

/** The row as it was when it was written or put back: what stands in the stream does not change any more. */
export function readRecord({dynamodb}: DynamoDBRecord): QueuedRequest {
  const {requestId, correlationId, expiresAt, envelope} = dynamodb?.NewImage ?? {};
  const {dataKey, iv, tag, ciphertext} = envelope?.M ?? {};
  if (!requestId?.S || !correlationId?.S || !expiresAt?.N || !dataKey?.S || !iv?.S || !tag?.S || !ciphertext?.S)
    throw new Unreadable('The record is not a request');
  return {
    requestId: requestId.S,
    correlationId: correlationId.S,
    expiresAt: Number(expiresAt.N),
    envelope: {dataKey: dataKey.S, iv: iv.S, tag: tag.S, ciphertext: ciphertext.S},
  };
}

/** Nobody but `accept` should write rows. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
