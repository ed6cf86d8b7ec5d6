import type {Access} from '../access/access.ts';
import {ServiceError} from '../service-error.ts';
import {executionRole} from '../services/lambda/execution-role.ts';
import type {StreamMapping} from '../services/lambda/records.ts';
import type {LambdaStore} from '../services/lambda/store.ts';
import {streamArnPattern} from '../services/lambda/stream-mapping.ts';
import type {ReadRecord} from './stream-record.ts';

export interface StreamReaderOptions {
  readonly mapping: StreamMapping;
  readonly lambda: LambdaStore;
  readonly access: Access;
  readonly signal: AbortSignal;
}

export interface StreamReader {
  /** The next records behind a place, or none when there are no more yet; `ended` when there never will be. */
  read(after: string | undefined): Promise<{readonly records: readonly ReadRecord[]; readonly ended: boolean}>;
  shardId(): Promise<string>;
}

const mostRecords = 1000;

/** Reads the one shard of a stream, with the role of the mapping's function. */
export function openStreamReader({mapping, lambda, access, signal}: StreamReaderOptions): StreamReader {
  const StreamArn = mapping.EventSourceArn;
  let shard: string | undefined;
  let iterator: string | undefined;

  function call<T>(operation: string, input: object): Promise<T> {
    const configuration = lambda.configuration(lambda.reference(mapping.FunctionArn));
    return access.call<T>(executionRole(configuration, {onBehalf: 'lambda'}), 'dynamodbstreams', operation, input, {
      signal,
    });
  }

  async function shardId(): Promise<string> {
    if (shard !== undefined) return shard;
    await call('ListStreams', {TableName: streamArnPattern.exec(StreamArn)!.groups!.table!});
    const {StreamDescription} = await call<{StreamDescription: {Shards: readonly {ShardId: string}[]}}>(
      'DescribeStream',
      {StreamArn},
    );
    shard = StreamDescription.Shards[0]!.ShardId;
    return shard;
  }

  async function iteratorBehind(after: string | undefined): Promise<string> {
    const ShardId = await shardId();
    const from = (start: object) => call<{ShardIterator: string}>('GetShardIterator', {StreamArn, ShardId, ...start});
    const beginning = {ShardIteratorType: 'TRIM_HORIZON'};
    const start = after === undefined ? beginning : {ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after};
    try {
      return (await from(start)).ShardIterator;
    } catch (error) {
      // What was to come next is gone: the oldest there is comes next.
      if (codeOf(error) !== 'TrimmedDataAccessException') throw error;
      return (await from(beginning)).ShardIterator;
    }
  }

  return {
    shardId,
    async read(after) {
      iterator ??= await iteratorBehind(after);
      const ShardIterator = iterator;
      // Whatever goes wrong with it, the next attempt gets one of its own.
      iterator = undefined;
      try {
        const page = await call<Page>('GetRecords', {ShardIterator, Limit: mostRecords});
        iterator = page.NextShardIterator;
        return {records: page.Records, ended: iterator === undefined};
      } catch (error) {
        const isStale = ['ExpiredIteratorException', 'TrimmedDataAccessException'].includes(codeOf(error) ?? '');
        if (!isStale) throw error;
        iterator = await iteratorBehind(after);
        return {records: [], ended: false};
      }
    },
  };
}

interface Page {
  readonly Records: readonly ReadRecord[];
  readonly NextShardIterator?: string;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof ServiceError ? error.code : undefined;
}
