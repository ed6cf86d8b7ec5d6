import type {Service} from '../../operation.ts';
import type {DynamodbStore} from './store.ts';
import {streamOperations} from './stream-operations/index.ts';

/** An API of its own on the tables' store; IAM counts its actions among DynamoDB's. */
export function dynamodbStreamsService(store: DynamodbStore): Service<DynamodbStore> {
  return {
    name: 'dynamodbstreams',
    iamPrefix: 'dynamodb',
    signingNames: ['dynamodb'],
    protocol: {
      kind: 'json',
      targetPrefix: 'DynamoDBStreams_20120810',
      version: '1.0',
      errorPrefix: 'com.amazonaws.dynamodb.v20120810#',
    },
    store,
    operations: streamOperations,
  };
}
