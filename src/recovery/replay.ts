import type {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import {findQueue, type QueueReference} from './find-queue.ts';
import type {ReplaySettings, SendSettings} from './replay-settings.ts';
import {s3Notification} from './s3-notification.ts';
import {type StackResource, stackResources} from './stack-resources.ts';
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
  readonly limit?: number;
  /** Counts what would be replayed, and changes nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  onProgress(result: Replayed): void;
}

export interface Replayed {
  /** Or would be, in a dry run. */
  readonly replayed: number;
  /** Records of another time or status. */
  readonly skipped: number;
  /** How many records there are of each status, those of another time aside. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Seconds that a message waits before it can be received. A record has gone by then: if the message failed again before,
 * the service would find the old record in the way of the new one, and the old one would be deleted afterwards.
 */
const delaySeconds = 5;

/**
 * Gives what failed another try, by the table's records of it. A message is sent before its record goes, so an
 * interruption may leave a message and its record, never neither; the services take a message twice for one.
 */
export async function replay(clients: AwsClients, options: ReplayOptions): Promise<Replayed> {
  const {stackName, settings, limit = Number.POSITIVE_INFINITY, dryRun, signal, onProgress} = options;
  const resources = await stackResources(clients, stackName);
  const table = physicalId(resources, settings.Table, stackName);
  const {DynamoDBDocument} = await import('@aws-sdk/lib-dynamodb');
  const documents = DynamoDBDocument.from(await clients.dynamodb());
  const failures: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  const result = {replayed: 0, skipped: 0, statuses, failed: 0, failures, interrupted: false};
  try {
    const send = settings.Send && (await sender(clients, settings.Send, {...options, resources}));
    const keys = await keysOf(clients, table);
    for await (const row of records(documents, table, settings.Where)) {
      result.interrupted = signal.aborted;
      if (result.interrupted || result.replayed >= limit) break;
      if (!isMeant(row, options, statuses)) {
        result.skipped++;
        continue;
      }
      try {
        if (!dryRun) {
          const sentAt = Date.now();
          await send?.(row);
          await conclude(documents, {table, keys, row, settings, sentAt});
        }
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

/** Counts the statuses on the way: a user who typed one that no record has sees which there are. */
function isMeant(row: Row, {settings, from, to, status}: ReplayOptions, statuses: Record<string, number>): boolean {
  const time = Date.parse(String(valueAt(row, settings.Time)));
  if ((from !== undefined && !(time >= from)) || (to !== undefined && !(time <= to))) return false;
  const own = String(valueAt(row, settings.Status) ?? 'none');
  statuses[own] = (statuses[own] ?? 0) + 1;
  return status === undefined || own === status;
}

async function* records(documents: DynamoDBDocument, TableName: string, where: ReplaySettings['Where']) {
  const entries = Object.entries(where);
  const conditions = entries.map(([, text], index) =>
    text.endsWith('*') ? `begins_with(#w${index}, :w${index})` : `#w${index} = :w${index}`,
  );
  for (let ExclusiveStartKey: Row | undefined; ; ) {
    const {Items = [], LastEvaluatedKey} = await documents.scan({
      TableName,
      ConsistentRead: true,
      FilterExpression: conditions.join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#w${index}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        entries.map(([, text], index) => [`:w${index}`, text.replace(/\*$/, '')]),
      ),
      ...(ExclusiveStartKey && {ExclusiveStartKey}),
    });
    yield* Items as Row[];
    if (LastEvaluatedKey === undefined) return;
    ExclusiveStartKey = LastEvaluatedKey;
  }
}

async function sender(
  clients: AwsClients,
  {Queue, Body, S3Notification}: SendSettings,
  {resources, stackName, region}: ReplayOptions & {readonly resources: readonly StackResource[]},
): Promise<(row: Row) => Promise<void>> {
  const queue: QueueReference = await findQueue(clients, physicalId(resources, Queue, stackName));
  if (queue.fifo)
    throw new GearError(`${Queue} is a FIFO queue, which takes no delayed messages: gear cannot replay to it`, {
      code: 'NOT_IMPLEMENTED',
    });
  const sqs = await clients.sqs();
  return async row => {
    const body = S3Notification === undefined ? valueAt(row, Body!) : s3Notification(row, S3Notification, region);
    if (body === undefined) throw new Error(`the record has no ${Body}`);
    await sqs.sendMessage({
      QueueUrl: queue.url,
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
      DelaySeconds: delaySeconds,
    });
  };
}

interface Concluding {
  readonly table: string;
  readonly keys: readonly string[];
  readonly row: Row;
  readonly settings: ReplaySettings;
  readonly sentAt: number;
}

/** Deletes the record, or sets what it is to become; not one that has changed since it was read. */
async function conclude(documents: DynamoDBDocument, {table, keys, row, settings, sentAt}: Concluding): Promise<void> {
  if (settings.Send !== undefined && Date.now() - sentAt > (delaySeconds - 1) * 1000)
    throw new Error('sending took so long that the record was kept; another replay sends it again');
  const unchanged = unchangedSince(row, keys, settings);
  const target = {TableName: table, Key: Object.fromEntries(keys.map(name => [name, row[name]]))};
  if (settings.Set === undefined) {
    await documents.delete({...target, ...unchanged});
    return;
  }
  const set = Object.entries(settings.Set);
  await documents.update({
    ...target,
    UpdateExpression: `SET ${set.map((_, index) => `#s${index} = :s${index}`).join(', ')}`,
    ConditionExpression: unchanged.ConditionExpression,
    ExpressionAttributeNames: {
      ...unchanged.ExpressionAttributeNames,
      ...Object.fromEntries(set.map(([name], index) => [`#s${index}`, name])),
    },
    ExpressionAttributeValues: {
      ...unchanged.ExpressionAttributeValues,
      ...Object.fromEntries(set.map(([, value], index) => [`:s${index}`, value])),
    },
  });
}

/** It is still there, with this time and this status. */
function unchangedSince(row: Row, keys: readonly string[], {Time, Status}: ReplaySettings) {
  const paths = [...new Set([...keys, Time, Status])].filter(path => valueAt(row, path) !== undefined);
  const names = [...new Set(paths.flatMap(path => path.split('.')))];
  const placeholder = (path: string) =>
    path
      .split('.')
      .map(name => `#u${names.indexOf(name)}`)
      .join('.');
  return {
    ConditionExpression: paths.map((path, index) => `${placeholder(path)} = :u${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#u${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(paths.map((path, index) => [`:u${index}`, valueAt(row, path)])),
  };
}

async function keysOf(clients: AwsClients, TableName: string): Promise<readonly string[]> {
  const {Table} = await (await clients.dynamodb()).describeTable({TableName});
  return Table!.KeySchema!.map(({AttributeName}) => AttributeName!);
}

function physicalId(resources: readonly StackResource[], logicalId: string, stackName: string): string {
  const found = resources.find(resource => resource.logicalId === logicalId);
  if (found === undefined)
    throw new GearError(`Metadata.Gear.Replay names ${logicalId}, and the stack ${stackName} has no such resource`, {
      code: 'REPLAY_INVALID',
    });
  return found.physicalId;
}
