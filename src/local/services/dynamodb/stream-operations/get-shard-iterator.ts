import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import type {DynamodbStore} from '../store.ts';
import {writeIterator} from '../stream-iterator.ts';
import {sequenceOf} from '../stream-record.ts';
import {type Streams, shardIdOf, type TableStream} from '../streams.ts';

export const getShardIterator = operationOf<DynamodbStore>()({
  name: 'GetShardIterator',
  input: structure({
    StreamArn: required(string),
    ShardId: required(string),
    ShardIteratorType: required(string),
    SequenceNumber: string,
  }),
  permissions: ({StreamArn}) => [{action: 'dynamodb:GetShardIterator', resource: StreamArn}],
  run({StreamArn, ShardId, ShardIteratorType, SequenceNumber}, {clock}, {streams}) {
    const stream = streams.get(StreamArn);
    if (ShardId !== shardIdOf(stream))
      throw new ServiceError(
        'ResourceNotFoundException',
        `Requested resource not found: Shard: ${ShardId} in Stream: ${StreamArn} not found`,
      );
    const after = startOf(ShardIteratorType, SequenceNumber, stream, streams);
    return {ShardIterator: writeIterator({streamArn: StreamArn, after, at: clock.now()})};
  },
});

/** The position that the type of iterator means: behind which record it stands. */
function startOf(type: string, given: string | undefined, stream: TableStream, {log, horizon}: Streams): number {
  const trimmed = Math.max(log.trimmedUpTo(stream.arn, horizon), stream.first - 1);
  switch (type) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (given !== undefined) throw invalid(`SequenceNumber may not be given with the ShardIteratorType ${type}`);
      return type === 'LATEST' ? log.last() : trimmed;
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      if (given === undefined) throw invalid(`SequenceNumber must be given with the ShardIteratorType ${type}`);
      const sequence = sequenceOf(given);
      if (sequence === undefined || sequence > (stream.last ?? log.last()) + 1)
        throw invalid(`Invalid SequenceNumber: ${given}`);
      const after = type === 'AT_SEQUENCE_NUMBER' ? sequence - 1 : sequence;
      if (after < trimmed)
        throw new ServiceError(
          'TrimmedDataAccessException',
          'The operation attempted to read past the oldest stream record in a shard.',
        );
      return after;
    }
    default:
      throw new ServiceError(
        'ValidationException',
        `1 validation error detected: Value '${type}' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]`,
      );
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', `One or more parameter values were invalid: ${message}`);
}
