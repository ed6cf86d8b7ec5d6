import type {MessageAttributeValue} from '@aws-sdk/client-sqs';
import type {SQSRecord} from 'aws-lambda';
import type {Failure} from './failure.ts';

/**
 * What travels with a message on its way round. `ingest` writes it when it hands a message over, `redrive` when it
 * sends one back.
 */
export interface Journey {
  /** How often redrive has sent this message back so far. */
  readonly attempts: number;
  readonly firstFailedAt?: string;
  /** Absent when ingest could not say: it crashed or timed out, and SQS moved the message. */
  readonly failure?: Failure;
}

export function journeyAttributes({attempts, firstFailedAt, failure}: Journey): Record<string, MessageAttributeValue> {
  return {
    Attempts: {DataType: 'Number', StringValue: String(attempts)},
    ...(firstFailedAt === undefined ? {} : {FirstFailedAt: text(firstFailedAt)}),
    ...(failure === undefined
      ? {}
      : {
          FailureKind: text(failure.kind),
          FailureName: text(failure.name),
          FailureMessage: text(failure.message),
        }),
  };
}

export function readJourney({messageAttributes}: Pick<SQSRecord, 'messageAttributes'>): Journey {
  const value = (name: string) => messageAttributes[name]?.stringValue;
  const attempts = Number(value('Attempts') ?? 0);
  const firstFailedAt = value('FirstFailedAt');
  const kind = value('FailureKind');
  return {
    attempts: Number.isSafeInteger(attempts) && attempts > 0 ? attempts : 0,
    ...(firstFailedAt === undefined ? {} : {firstFailedAt}),
    ...(kind === 'permanent' || kind === 'transient'
      ? {failure: {kind, name: value('FailureName') ?? '', message: value('FailureMessage') ?? ''}}
      : {}),
  };
}

/** SQS refuses an empty value and most control characters, and attributes count against the size of the message. */
function text(value: string): MessageAttributeValue {
  const clean = value
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .slice(0, 1000)
    .toWellFormed();
  return {DataType: 'String', StringValue: clean || '-'};
}
