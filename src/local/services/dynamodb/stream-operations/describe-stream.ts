import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import type {DynamodbStore} from '../store.ts';
import {checkLimit} from '../stream-limit.ts';
import {sequenceNumber} from '../stream-record.ts';
import {shardIdOf} from '../streams.ts';

export const describeStream = operationOf<DynamodbStore>()({
  name: 'DescribeStream',
  input: structure({StreamArn: required(string), Limit: integer, ExclusiveStartShardId: string}),
  permissions: ({StreamArn}) => [{action: 'dynamodb:DescribeStream', resource: StreamArn}],
  run({StreamArn, Limit, ExclusiveStartShardId}, _context, {streams}) {
    checkLimit(Limit, 100);
    const stream = streams.get(StreamArn);
    const shard = {
      ShardId: shardIdOf(stream),
      SequenceNumberRange: {
        StartingSequenceNumber: sequenceNumber(stream.first),
        ...(stream.last !== undefined && {EndingSequenceNumber: sequenceNumber(stream.last)}),
      },
    };
    return {
      StreamDescription: {
        StreamArn,
        StreamLabel: stream.label,
        StreamStatus: stream.disabledAt === undefined ? 'ENABLED' : 'DISABLED',
        StreamViewType: stream.viewType,
        CreationRequestDateTime: new Date(stream.createdAt),
        TableName: stream.tableName,
        KeySchema: stream.keySchema,
        Shards: ExclusiveStartShardId === shard.ShardId ? [] : [shard],
      },
    };
  },
});
