import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import type {DynamodbStore} from '../store.ts';
import {checkLimit} from '../stream-limit.ts';
import {tableArn} from '../table-name.ts';

const mostStreams = 100;

export const listStreams = operationOf<DynamodbStore>()({
  name: 'ListStreams',
  input: structure({TableName: string, Limit: integer, ExclusiveStartStreamArn: string}),
  /**
   * The service authorization reference knows no resource for ListStreams, yet DynamoDB's own guide, like every
   * execution role that AWS publishes for streams, grants it on the table's streams. So a request that names a table
   * is held to that: the ARN of the table's stream. Any other is held to `*`.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
   */
  permissions({TableName}, context, {streams}) {
    if (TableName === undefined) return [{action: 'dynamodb:ListStreams', resource: '*'}];
    const current = streams.list(TableName).findLast(({disabledAt}) => disabledAt === undefined);
    return [{action: 'dynamodb:ListStreams', resource: current?.arn ?? `${tableArn(TableName, context)}/stream/*`}];
  },
  run({TableName, Limit, ExclusiveStartStreamArn = ''}, _context, {streams}) {
    checkLimit(Limit, mostStreams);
    const left = streams.list(TableName).filter(({arn}) => arn > ExclusiveStartStreamArn);
    const page = left.slice(0, Limit ?? mostStreams);
    return {
      Streams: page.map(({arn, label, tableName}) => ({StreamArn: arn, TableName: tableName, StreamLabel: label})),
      ...(page.length < left.length && {LastEvaluatedStreamArn: page.at(-1)!.arn}),
    };
  },
});
