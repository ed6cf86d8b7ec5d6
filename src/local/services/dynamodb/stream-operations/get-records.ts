import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import type {DynamodbStore} from '../store.ts';
import {checkFresh, readIterator, writeIterator} from '../stream-iterator.ts';
import {checkLimit} from '../stream-limit.ts';
import type {LoggedRecord} from '../stream-log.ts';
import {type StreamRecord, sequenceNumber} from '../stream-record.ts';

const mostRecords = 1000;
const mostBytes = 1024 * 1024;

export const getRecords = operationOf<DynamodbStore>()({
  name: 'GetRecords',
  input: structure({ShardIterator: required(string), Limit: integer}),
  permissions({ShardIterator}) {
    const iterator = readIterator(ShardIterator);
    // What is no iterator names no stream: it is refused before anything is read.
    return iterator === undefined ? [] : [{action: 'dynamodb:GetRecords', resource: iterator.streamArn}];
  },
  run({ShardIterator, Limit}, {clock}, {streams, region}) {
    checkLimit(Limit, mostRecords);
    const iterator = readIterator(ShardIterator);
    if (iterator === undefined) throw new ServiceError('ValidationException', 'Invalid ShardIterator');
    const {streamArn, after} = iterator;
    const {horizon, log} = streams;
    const stream = streams.get(streamArn);
    checkFresh(iterator, clock.now());
    if (after < log.trimmedUpTo(streamArn, horizon))
      throw new ServiceError(
        'TrimmedDataAccessException',
        'The operation attempted to read past the oldest stream record in a shard.',
      );
    const found = withinSize(log.read(streamArn, after, {horizon, limit: Limit ?? mostRecords}));
    const last = found.at(-1)?.sequence ?? after;
    const isAtEnd = stream.last !== undefined && log.read(streamArn, last, {horizon, limit: 1}).length === 0;
    return {
      Records: found.map(({sequence, record}) => answered(record, sequence, region)),
      ...(!isAtEnd && {NextShardIterator: writeIterator({streamArn, after: last, at: clock.now()})}),
    };
  },
});

function withinSize(records: readonly LoggedRecord[]): readonly LoggedRecord[] {
  let bytes = 0;
  const over = records.findIndex(({record}, index) => {
    bytes += record.dynamodb.SizeBytes;
    return index > 0 && bytes > mostBytes;
  });
  return over < 0 ? records : records.slice(0, over);
}

function answered({dynamodb, ...record}: LoggedRecord['record'], sequence: number, awsRegion: string): StreamRecord {
  return {
    ...record,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion,
    dynamodb: {...dynamodb, SequenceNumber: sequenceNumber(sequence)},
  };
}
