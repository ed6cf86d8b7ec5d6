import type {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {stackResources} from '../aws/stack-resources.ts';
import {asText} from '../model/as-text.ts';
import {recordFilter} from './message-filter.ts';
import {messageSender} from './replay-message.ts';
import {replayRecord} from './replay-record.ts';
import {replayResource} from './replay-resource.ts';
import type {Conditions, ReplaySettings, Row} from './replay-settings.ts';
import {readSubject, type Subject} from './replay-subject.ts';
import {valueAt} from './value-at.ts';

export interface ReplayOptions {
  readonly stackName: string;
  readonly settings: ReplaySettings;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly from?: number;
  readonly to?: number;
  /** All unless said. */
  readonly status?: string;
  /** `TEXT`, or `KEY=VALUE` by a path; a record has to pass all of them. */
  readonly filters?: readonly string[];
  readonly limit?: number;
  /** Counts what would be replayed, and changes nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  onProgress(result: Replayed): void;
}

export interface Replayed {
  /** Or would be, in a dry run. */
  readonly replayed: number;
  /** Records of another time or status, or that no filter wants. */
  readonly skipped: number;
  /** How many records there are of each status, those of another time aside. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
}

/**
 * Gives what failed another try, by the table's records of it. A row is set and a message sent before the record goes,
 * so an interruption may leave a record of what is on its way again, never nothing; the services take a message twice
 * for one.
 */
export async function replay(clients: AwsClients, options: ReplayOptions): Promise<Replayed> {
  const {stackName, settings, limit = Number.POSITIVE_INFINITY, dryRun, signal, onProgress} = options;
  const resources = await stackResources(clients, stackName);
  const table = replayResource(resources, settings.Table, stackName);
  const rowTable = settings.Row && replayResource(resources, settings.Row.Table, stackName);
  const {DynamoDBDocument} = await import('@aws-sdk/lib-dynamodb');
  const documents = DynamoDBDocument.from(await clients.dynamodb());
  const isWanted = recordFilter(options.filters ?? []);
  const failures: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  const result = {replayed: 0, skipped: 0, statuses, failed: 0, failures, interrupted: false};
  try {
    const send = settings.Send && (await messageSender(clients, settings.Send, {...options, resources}));
    const keys = await keysOf(clients, table);
    for await (const record of records(documents, table, settings.Where)) {
      result.interrupted = signal.aborted;
      if (result.interrupted || result.replayed >= limit) break;
      try {
        const subject = isOfTime(record, options) && (await readSubject(documents, {record, settings, rowTable}));
        if (!subject || !isMeant(subject, options, statuses) || !isWanted(record)) {
          result.skipped++;
          continue;
        }
        if (!dryRun) await replayRecord(documents, {table, keys, record, subject, settings, send});
        result.replayed++;
      } catch (error) {
        const {message} = describeAwsError(error, 'replay a record') as Error;
        failures[message] = (failures[message] ?? 0) + 1;
        result.failed++;
      }
      onProgress(result);
    }
    return result;
  } catch (error) {
    throw describeAwsError(error, `replay ${stackName}`);
  }
}

function isOfTime(record: Row, {settings, from, to}: ReplayOptions): boolean {
  const time = Date.parse(asText(valueAt(record, settings.Time)));
  return !((from !== undefined && !(time >= from)) || (to !== undefined && !(time <= to)));
}

/** Counts the statuses on the way: a user who typed one that no record has sees which there are. */
function isMeant(subject: Subject, {status}: ReplayOptions, statuses: Record<string, number>): boolean {
  statuses[subject.status] = (statuses[subject.status] ?? 0) + 1;
  if (subject.state === 'begun') return true;
  return subject.state === 'failed' && (status === undefined || subject.status === status);
}

async function* records(documents: DynamoDBDocument, TableName: string, where: Conditions) {
  const conditions = Object.entries(where).map(([name, wanted], index) => condition(wanted, index, name));
  const values = Object.fromEntries(conditions.flatMap(({values}) => Object.entries(values)));
  for (let ExclusiveStartKey: Row | undefined; ; ) {
    const {Items = [], LastEvaluatedKey} = await documents.scan({
      TableName,
      ConsistentRead: true,
      FilterExpression: conditions.map(({expression}) => expression).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(conditions.map(({name}, index) => [`#w${index}`, name])),
      ...(Object.keys(values).length > 0 && {ExpressionAttributeValues: values}),
      ...(ExclusiveStartKey && {ExclusiveStartKey}),
    });
    yield* Items as Row[];
    if (LastEvaluatedKey === undefined) return;
    ExclusiveStartKey = LastEvaluatedKey;
  }
}

function condition(wanted: string | readonly string[], index: number, name: string) {
  const [attribute, value] = [`#w${index}`, `:w${index}`];
  if (wanted === '*') return {name, expression: `attribute_exists(${attribute})`, values: {}};
  if (typeof wanted !== 'string') {
    const values = Object.fromEntries(wanted.map((one, nth) => [`${value}n${nth}`, one]));
    return {name, expression: `${attribute} IN (${Object.keys(values).join(', ')})`, values};
  }
  return wanted.endsWith('*')
    ? {name, expression: `begins_with(${attribute}, ${value})`, values: {[value]: wanted.slice(0, -1)}}
    : {name, expression: `${attribute} = ${value}`, values: {[value]: wanted}};
}

async function keysOf(clients: AwsClients, TableName: string): Promise<readonly string[]> {
  const {Table} = await (await clients.dynamodb()).describeTable({TableName});
  return Table!.KeySchema!.map(({AttributeName}) => AttributeName!);
}
