import {createHash} from 'node:crypto';
import type {Caller} from '../../caller.ts';
import {ServiceError} from '../../service-error.ts';
import {integer, map, required, string} from '../../shape.ts';
import {attributeOf, numberOf} from './attributes.ts';
import {invalidParameter, missingParameter} from './errors.ts';
import {
  type MessageAttribute,
  md5,
  md5OfAttributes,
  messageAttribute,
  messageAttributes,
  type StoredAttribute,
} from './message.ts';
import type {Queue} from './queue.ts';
import type {NewMessage} from './store.ts';

/** The members with which SendMessage and an entry of SendMessageBatch describe a message. */
export const messageMembers = {
  MessageBody: required(string),
  DelaySeconds: integer,
  MessageAttributes: messageAttributes,
  MessageSystemAttributes: map(messageAttribute),
  MessageDeduplicationId: string,
  MessageGroupId: string,
};

export interface MessageInput {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly MessageSystemAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** Checks what the sender gave as SQS does, and says what to store. */
export function newMessage(queue: Queue, input: MessageInput, caller: Caller, now: number): NewMessage {
  const {attributes: settings} = queue.record;
  if (input.MessageBody === '') throw missingParameter('MessageBody');
  // The characters XML allows, which is what a message may hold.
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(input.MessageBody))
    throw new ServiceError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  const largest = numberOf(settings, 'MaximumMessageSize');
  if (sizeOf(input) > largest)
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${largest} bytes.`,
    );
  const delay = delayOf(queue, input.DelaySeconds);
  const attributes = storedAttributes(input.MessageAttributes);
  const attributesMd5 = attributes && md5OfAttributes(attributes);
  const traceHeader = traceHeaderOf(input.MessageSystemAttributes);
  const groupId = groupOf(queue, input.MessageGroupId);
  const deduplicationId = deduplicationOf(queue, input);
  return {
    body: input.MessageBody,
    md5: md5(input.MessageBody),
    sender: senderId(caller),
    ...(delay > 0 && {delayedUntil: now + delay * 1000}),
    ...(attributesMd5 !== undefined && attributes && {attributes, attributesMd5}),
    ...(traceHeader !== undefined && {traceHeader}),
    ...(groupId !== undefined && {groupId}),
    ...(deduplicationId !== undefined && {deduplicationId}),
  };
}

/** Bytes that count for the limit: body, and names, types and values of attributes. */
export function sizeOf({MessageBody, MessageAttributes = {}}: MessageInput): number {
  let size = Buffer.byteLength(MessageBody);
  for (const [name, {DataType = '', StringValue = '', BinaryValue}] of Object.entries(MessageAttributes))
    size +=
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      (BinaryValue?.length ?? 0);
  return size;
}

function delayOf(queue: Queue, given: number | undefined): number {
  const standard = numberOf(queue.record.attributes, 'DelaySeconds');
  if (given === undefined) return standard;
  if (given < 0 || given > 900)
    throw invalidParameter(
      `Value ${given} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  if (queue.fifo && given !== 0)
    throw invalidParameter(
      `Value ${given} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  return queue.fifo ? standard : given;
}

function storedAttributes(
  given: Readonly<Record<string, MessageAttribute>> | undefined,
): Readonly<Record<string, StoredAttribute>> | undefined {
  if (given === undefined) return undefined;
  const entries = Object.entries(given);
  if (entries.length > 10)
    throw invalidParameter(`Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`);
  return Object.fromEntries(entries.map(([name, attribute]) => [name, storedAttribute(name, attribute)]));
}

function storedAttribute(name: string, {DataType: type, StringValue, BinaryValue}: MessageAttribute): StoredAttribute {
  if (!/^(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/.test(name) || /^(aws|amazon)\./i.test(name))
    throw invalidParameter(`The message attribute name '${name}' is invalid.`);
  if (type === undefined || type === '')
    throw invalidParameter(`The message attribute '${name}' must contain a non-empty message attribute type.`);
  const [base] = type.split('.');
  if (base !== 'String' && base !== 'Number' && base !== 'Binary')
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const value = base === 'Binary' ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0)
    throw invalidParameter(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${type}'.`,
    );
  if (base === 'Number' && !Number.isFinite(Number(value)))
    throw invalidParameter(`Can't cast the value of message attribute '${name}' to a number.`);
  return typeof value === 'string' ? {type, text: value} : {type, bytes: Buffer.from(value).toString('base64')};
}

function traceHeaderOf(given: Readonly<Record<string, MessageAttribute>> = {}): string | undefined {
  for (const [name, {DataType, StringValue}] of Object.entries(given)) {
    if (name !== 'AWSTraceHeader')
      throw invalidParameter(`Message system attribute name '${name}' is invalid. Valid attribute: [AWSTraceHeader].`);
    if (DataType !== 'String' || StringValue === undefined)
      throw invalidParameter(`The message system attribute '${name}' must be of type String.`);
    return StringValue;
  }
  return undefined;
}

/** A standard queue takes a group too (fair queues); here it is kept and shown, and all wait alike. */
function groupOf(queue: Queue, given: string | undefined): string | undefined {
  if (given === undefined && queue.fifo) throw missingParameter('MessageGroupId');
  if (given !== undefined && !isToken(given)) throw invalidParameter(tokenProblem(given, 'MessageGroupId'));
  return given;
}

function deduplicationOf(queue: Queue, {MessageDeduplicationId: given, MessageBody}: MessageInput): string | undefined {
  if (!queue.fifo) {
    if (given === undefined) return undefined;
    throw invalidParameter(
      `Value ${given} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  }
  if (given !== undefined) {
    if (!isToken(given)) throw invalidParameter(tokenProblem(given, 'MessageDeduplicationId'));
    return given;
  }
  if (attributeOf(queue.record.attributes, 'ContentBasedDeduplication') !== 'true')
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  return createHash('sha256').update(MessageBody).digest('hex');
}

function isToken(value: string): boolean {
  return /^[\x21-\x7e]{1,128}$/.test(value);
}

function tokenProblem(value: string, name: string): string {
  return `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
}

/** AWS shows unique ids of users and roles; the callers here are known by name only. */
function senderId(caller: Caller): string {
  if (caller.kind === 'role') return `${caller.roleName}:${caller.sessionName}`;
  return caller.kind === 'service' ? caller.principal : caller.arn.slice(caller.arn.lastIndexOf('/') + 1);
}
