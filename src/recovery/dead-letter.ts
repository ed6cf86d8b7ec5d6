import type {Message} from '@aws-sdk/client-sqs';
import {causeOf, type FailureCause} from './cause.ts';
import {originOf} from './origin.ts';

/** A message that was given up, as a person wants to read it. */
export interface DeadLetter {
  readonly id: string;
  /** How often it has been received, this look included. */
  readonly receives: number;
  /** How often the service itself has tried it, where it says so. */
  readonly attempts?: number;
  readonly sentAt: string;
  readonly cause?: FailureCause;
  /** Where it comes from, nearest first: a queue, an S3 object, a topic, a function. */
  readonly origin: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: string;
}

export function deadLetter(message: Message): DeadLetter {
  const system = message.Attributes ?? {};
  const attributes = attributesOf(message);
  const body = message.Body ?? '';
  const cause = causeOf(attributes, bodyOf(body), system);
  const attempts = Number(attributes.Attempts);
  return {
    id: message.MessageId!,
    receives: Number(system.ApproximateReceiveCount),
    ...(Number.isInteger(attempts) ? {attempts} : {}),
    sentAt: new Date(Number(system.SentTimestamp)).toISOString(),
    ...(cause === undefined ? {} : {cause}),
    origin: originOf(attributes, bodyOf(body), system),
    attributes,
    body,
  };
}

/** Binary values as base64. */
export function attributesOf({MessageAttributes = {}}: Message): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, {StringValue, BinaryValue}]) => [
      name,
      StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64'),
    ]),
  );
}

/** What a JSON body says; undefined for any other. */
export function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
