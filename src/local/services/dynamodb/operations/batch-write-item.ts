import {operationOf} from '../../../operation.ts';
import {list, map, required, string, structure} from '../../../shape.ts';
import {byTableName} from '../batch.ts';
import {onItems} from '../permissions.ts';
import {refuseItemCollectionMetrics} from '../refusals.ts';
import {attributes} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

const writeRequest = structure({
  PutRequest: structure({Item: required(attributes)}),
  DeleteRequest: structure({Key: required(attributes)}),
});

export const batchWriteItem = operationOf<DynamodbStore>()({
  name: 'BatchWriteItem',
  input: structure({
    RequestItems: required(map(list(writeRequest))),
    ReturnConsumedCapacity: string,
    ReturnItemCollectionMetrics: string,
  }),
  permissions: (input, context, store) =>
    Object.entries(input.RequestItems).map(([TableName, requests]) =>
      onItems('BatchWriteItem', {TableName}, context, store, {
        keys: requests.flatMap(request => request.PutRequest?.Item ?? request.DeleteRequest?.Key ?? []),
      }),
    ),
  async run(input, _context, store) {
    refuseItemCollectionMetrics(input);
    const {requests, restore} = byTableName(input.RequestItems, store);
    const output = await store.write('batchWriteItem', {...input, RequestItems: requests});
    return {...output, UnprocessedItems: restore(output.UnprocessedItems)};
  },
});
