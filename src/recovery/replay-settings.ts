import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {isNoStack, noStackHere} from '../aws/no-stack-here.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import {isObject} from '../model/is-object.ts';
import {valueAt} from './value-at.ts';

/** What a service says of its replay, in its template's `Metadata.Gear.Replay`. */
export interface ReplaySettings {
  /** Logical ID of the table that has the records of what failed. */
  readonly Table: string;
  /** Which rows those are. */
  readonly Where: Conditions;
  /** Path of the time that `--from` and `--to` are about: ISO text. */
  readonly Time: string;
  /** Path of what `--status` is about, in `Row` where there is one. */
  readonly Status: string;
  /** What is replayed when `--status` is not said; everything, when this is not said either. */
  readonly DefaultStatus?: string;
  /** Sends a message. The record is deleted afterwards, unless `Set` says what becomes of it. */
  readonly Send?: SendSettings;
  /** What the record is about, where that is a row of another table: it is set, and the record is deleted. */
  readonly Row?: RowSettings;
  /** Sets attributes of the record, or of its row: `status: PENDING`. */
  readonly Set?: Readonly<Record<string, string>>;
  /** Times in seconds since the epoch that begin anew, so many seconds from now; also in a message's JSON body. */
  readonly Renew?: Readonly<Record<string, number>>;
}

/** An item of a table. */
export type Row = Readonly<Record<string, unknown>>;

/** Attributes and the text that they have, or begin with when it ends in `*` (a `*` alone: any), or one of several. */
export type Conditions = Readonly<Record<string, string | readonly string[]>>;

export interface RowSettings {
  /** Logical ID. */
  readonly Table: string;
  /** The attribute that is the row's key, and of the same name in the record. */
  readonly Key: string;
  /** Which rows may be set; others are left, with their records. */
  readonly Where: Readonly<Record<string, string>>;
}

export interface SendSettings {
  /** Logical ID of the queue. */
  readonly Queue: string;
  /** Path of the body: text as it is, anything else as JSON. */
  readonly Body?: string;
  /** Message attributes of the type String, and paths of their values. */
  readonly Attributes?: Readonly<Record<string, string>>;
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
    if (isNoStack(error)) throw noStackHere(stackName, error);
    throw describeAwsError(error, `read the template of ${stackName}`);
  }
}

type Refuse = (what: string) => GearError;

const known = ['Table', 'Where', 'Time', 'Status', 'DefaultStatus', 'Send', 'Row', 'Set', 'Renew'];

function checked(given: unknown, refuse: Refuse): ReplaySettings {
  const settings = mapping(given, 'it', known, refuse);
  for (const name of ['Table', 'Time', 'Status']) text(settings[name], name, refuse);
  entries(settings.Where, 'Where', refuse, (value, name) => {
    for (const one of Array.isArray(value) && value.length > 0 ? value : [value]) text(one, name, refuse);
  });
  if (settings.DefaultStatus !== undefined) text(settings.DefaultStatus, 'DefaultStatus', refuse);
  if (settings.Set !== undefined) texts(settings.Set, 'Set', refuse);
  if (settings.Renew !== undefined)
    entries(settings.Renew, 'Renew', refuse, (value, name) => {
      if (!Number.isInteger(value) || Number(value) <= 0) throw refuse(`${name} must be a whole number of seconds`);
    });
  if (settings.Send !== undefined) checkSend(settings.Send, refuse);
  if (settings.Row !== undefined) checkRow(settings.Row, refuse);
  if (settings.Send === undefined && settings.Set === undefined) throw refuse('it has neither Send nor Set');
  if (settings.Row !== undefined && settings.Set === undefined) throw refuse('it has a Row, and no Set for it');
  return settings as unknown as ReplaySettings;
}

function checkSend(given: unknown, refuse: Refuse): void {
  const send = mapping(given, 'Send', ['Queue', 'Body', 'Attributes', 'S3Notification'], refuse);
  text(send.Queue, 'Send.Queue', refuse);
  if ((send.Body === undefined) === (send.S3Notification === undefined))
    throw refuse('Send has to have either Body or S3Notification');
  if (send.Attributes !== undefined) texts(send.Attributes, 'Send.Attributes', refuse);
  if (send.Body !== undefined) {
    text(send.Body, 'Send.Body', refuse);
    return;
  }
  const notification = mapping(send.S3Notification, 'Send.S3Notification', ['Object', 'Sequencer'], refuse);
  for (const name of ['Object', 'Sequencer']) text(notification[name], `Send.S3Notification.${name}`, refuse);
}

function checkRow(given: unknown, refuse: Refuse): void {
  const row = mapping(given, 'Row', ['Table', 'Key', 'Where'], refuse);
  for (const name of ['Table', 'Key']) text(row[name], `Row.${name}`, refuse);
  texts(row.Where, 'Row.Where', refuse);
}

function mapping(value: unknown, name: string, known: readonly string[] | undefined, refuse: Refuse) {
  if (!isObject(value)) throw refuse(`${name} is not a mapping`);
  const unknown = Object.keys(value).find(key => known !== undefined && !known.includes(key));
  if (unknown !== undefined) throw refuse(`gear does not know ${unknown}; it knows ${known!.join(', ')}`);
  return value;
}

type Check = (value: unknown, name: string) => void;

function entries(value: unknown, name: string, refuse: Refuse, check: Check): void {
  const all = Object.entries(mapping(value, name, undefined, refuse));
  if (all.length === 0) throw refuse(`${name} is empty`);
  for (const [key, entry] of all) check(entry, `${name}.${key}`);
}

function texts(value: unknown, name: string, refuse: Refuse): void {
  entries(value, name, refuse, (entry, path) => text(entry, path, refuse));
}

function text(value: unknown, name: string, refuse: Refuse): void {
  if (typeof value !== 'string' || value === '') throw refuse(`${name} must be text`);
}
