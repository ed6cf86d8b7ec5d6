import {notImplemented, ServiceError} from '../../service-error.ts';
import {blob, type Infer, map, required, string, structure} from '../../shape.ts';
import {invalidParameter} from './errors.ts';

/** How Publish and an entry of PublishBatch describe a message. */
export const messageMembers = {
  Message: required(string),
  Subject: string,
  MessageStructure: string,
  MessageAttributes: map(structure({DataType: string, StringValue: string, BinaryValue: blob})),
};

const messageShape = structure(messageMembers);
export type MessageInput = Infer<typeof messageShape>;

export interface Message {
  readonly id: string;
  readonly subject?: string | undefined;
  /** What each protocol's subscribers get. */
  readonly text: (protocol: string) => string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

export interface MessageAttribute {
  readonly type: string;
  /** Of a binary attribute in base64. */
  readonly value: string;
}

const largest = 262_144;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function newMessage(id: string, input: MessageInput): Message {
  const {Message: text, Subject: subject, MessageStructure, MessageAttributes = {}} = input;
  if (text === '') throw invalidParameter('Empty message');
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject)) throw invalidParameter('Subject');
  const attributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, attribute]) => [name, attributeOf(name, attribute)]),
  );
  const size = Object.entries(attributes).reduce(
    (sum, [name, {type, value}]) => sum + Buffer.byteLength(name + type + value),
    Buffer.byteLength(text),
  );
  if (size > largest) throw invalidParameter('Message too long');
  return {id, subject, text: textOf(text, MessageStructure), attributes};
}

function textOf(text: string, structured: string | undefined): (protocol: string) => string {
  if (structured === undefined || structured === '') return () => text;
  if (structured !== 'json') throw invalidParameter('MessageStructure');
  let texts: Record<string, unknown>;
  try {
    texts = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof texts?.default !== 'string')
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  return protocol => (typeof texts[protocol] === 'string' ? texts[protocol] : (texts.default as string));
}

type Given = NonNullable<MessageInput['MessageAttributes']>[string];

function attributeOf(name: string, {DataType = '', StringValue, BinaryValue}: Given): MessageAttribute {
  if (!/^(?!(?:aws|amazon)\.)[\w.-]{1,256}$/i.test(name))
    throw new ServiceError('ParameterValueInvalid', `The message attribute '${name}' has an invalid name.`);
  const kind = DataType.split('.', 1)[0];
  if (kind === 'Binary' && BinaryValue !== undefined)
    return {type: DataType, value: Buffer.from(BinaryValue).toString('base64')};
  if (kind !== 'String' && kind !== 'Number')
    throw kind === 'Binary' ? emptyValue(name) : notImplementedType(name, DataType);
  if (StringValue === undefined || StringValue === '') throw emptyValue(name);
  if (kind === 'Number' && !Number.isFinite(Number(StringValue)))
    throw new ServiceError('ParameterValueInvalid', `Could not cast message attribute '${name}' value to number.`);
  return {type: DataType, value: StringValue};
}

function emptyValue(name: string): ServiceError {
  return new ServiceError(
    'ParameterValueInvalid',
    `The message attribute '${name}' must contain non-empty message attribute value for message attribute type.`,
  );
}

function notImplementedType(name: string, type: string): ServiceError {
  if (type === '') return emptyValue(name);
  return notImplemented(`the type ${type} of the message attribute ${name}`);
}
