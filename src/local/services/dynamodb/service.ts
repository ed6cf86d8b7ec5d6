import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type DynamodbOptions, DynamodbStore} from './store.ts';

export function dynamodbService(options: DynamodbOptions): Service<DynamodbStore> {
  const store = new DynamodbStore(options);
  return {
    name: 'dynamodb',
    signingNames: ['dynamodb'],
    protocol: {
      kind: 'json',
      targetPrefix: 'DynamoDB_20120810',
      version: '1.0',
      errorPrefix: 'com.amazonaws.dynamodb.v20120810#',
    },
    store,
    operations,
    close: () => store.close(),
  };
}
