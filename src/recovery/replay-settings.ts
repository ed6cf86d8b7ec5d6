import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import {valueAt} from './value-at.ts';

/** What a service says of its replay, in its template's `Metadata.Gear.Replay`. */
export interface ReplaySettings {
  /** Logical ID of the table that has the records of what failed. */
  readonly Table: string;
  /** Which rows those are: attributes and the text that they have, or begin with when it ends in `*`. */
  readonly Where: Readonly<Record<string, string>>;
  /** Path of the time that `--from` and `--to` are about: ISO text. */
  readonly Time: string;
  /** Path of what `--status` is about. */
  readonly Status: string;
  /** Sends a message. The record is deleted afterwards, unless `Set` says what becomes of it. */
  readonly Send?: SendSettings;
  /** Sets attributes of the record: `status: PENDING`. */
  readonly Set?: Readonly<Record<string, string>>;
}

export interface SendSettings {
  /** Logical ID of the queue. */
  readonly Queue: string;
  /** Path of the body: text as it is, anything else as JSON. */
  readonly Body?: string;
  /** The notification of an object: paths of its bucket, key, size and etag, and of the sequencer (behind a `#`). */
  readonly S3Notification?: {readonly Object: string; readonly Sequencer: string};
}

/** From the template as it is deployed: that is what the stack's tables and queues go with. */
export async function readReplaySettings(clients: AwsClients, stackName: string): Promise<ReplaySettings> {
  const replay = valueAt(parseTemplate(await templateOf(clients, stackName), stackName).body, 'Metadata.Gear.Replay');
  if (replay === undefined)
    throw new GearError(`The stack ${stackName} does not say what can be replayed: no Metadata.Gear.Replay`, {
      code: 'NO_REPLAY',
      suggestions: ['gear dlq redrive, for the messages of a dead-letter queue'],
    });
  const refuse = (what: string) =>
    new GearError(`Metadata.Gear.Replay of ${stackName}: ${what}`, {code: 'REPLAY_INVALID'});
  return checked(replay, refuse);
}

async function templateOf(clients: AwsClients, stackName: string): Promise<string> {
  try {
    const {TemplateBody} = await (await clients.cloudFormation()).getTemplate({StackName: stackName});
    return TemplateBody!;
  } catch (error) {
    throw describeAwsError(error, `read the template of ${stackName}`);
  }
}

type Refuse = (what: string) => GearError;

function checked(given: unknown, refuse: Refuse): ReplaySettings {
  const settings = mapping(given, 'it', ['Table', 'Where', 'Time', 'Status', 'Send', 'Set'], refuse);
  for (const name of ['Table', 'Time', 'Status']) text(settings[name], name, refuse);
  texts(settings.Where, 'Where', refuse);
  if (settings.Set !== undefined) texts(settings.Set, 'Set', refuse);
  if (settings.Send !== undefined) checkSend(settings.Send, refuse);
  if (settings.Send === undefined && settings.Set === undefined) throw refuse('it has neither Send nor Set');
  return settings as unknown as ReplaySettings;
}

function checkSend(given: unknown, refuse: Refuse): void {
  const send = mapping(given, 'Send', ['Queue', 'Body', 'S3Notification'], refuse);
  text(send.Queue, 'Send.Queue', refuse);
  if ((send.Body === undefined) === (send.S3Notification === undefined))
    throw refuse('Send has to have either Body or S3Notification');
  if (send.Body !== undefined) {
    text(send.Body, 'Send.Body', refuse);
    return;
  }
  const notification = mapping(send.S3Notification, 'Send.S3Notification', ['Object', 'Sequencer'], refuse);
  for (const name of ['Object', 'Sequencer']) text(notification[name], `Send.S3Notification.${name}`, refuse);
}

function mapping(value: unknown, name: string, known: readonly string[] | undefined, refuse: Refuse) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(`${name} is not a mapping`);
  const unknown = Object.keys(value).find(key => known !== undefined && !known.includes(key));
  if (unknown !== undefined) throw refuse(`gear does not know ${unknown}; it knows ${known!.join(', ')}`);
  return value as Readonly<Record<string, unknown>>;
}

function texts(value: unknown, name: string, refuse: Refuse): void {
  const entries = Object.entries(mapping(value, name, undefined, refuse));
  if (entries.length === 0) throw refuse(`${name} is empty`);
  for (const [key, entry] of entries) text(entry, `${name}.${key}`, refuse);
}

function text(value: unknown, name: string, refuse: Refuse): void {
  if (typeof value !== 'string' || value === '') throw refuse(`${name} must be text`);
}
