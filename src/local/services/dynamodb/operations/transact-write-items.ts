import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onItems} from '../permissions.ts';
import {refuseItemCollectionMetrics} from '../refusals.ts';
import {transactWriteItem} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';
import {transactWrite} from '../transaction.ts';

export const transactWriteItems = operationOf<DynamodbStore>()({
  name: 'TransactWriteItems',
  input: structure({
    TransactItems: required(list(transactWriteItem)),
    ClientRequestToken: string,
    ReturnConsumedCapacity: string,
    ReturnItemCollectionMetrics: string,
  }),
  permissions: (input, context, store) =>
    input.TransactItems.flatMap(({Put, Update, Delete, ConditionCheck}) => {
      const within = 'TransactWriteItems';
      if (Put) return onItems('PutItem', Put, context, store, {keys: [Put.Item], within});
      if (Update) return onItems('UpdateItem', Update, context, store, {keys: [Update.Key], within});
      if (Delete) return onItems('DeleteItem', Delete, context, store, {keys: [Delete.Key], within});
      // The service authorization reference knows no EnclosingOperation for a condition check.
      if (ConditionCheck)
        return onItems('ConditionCheckItem', ConditionCheck, context, store, {keys: [ConditionCheck.Key]});
      return [];
    }),
  run(input, _context, store) {
    refuseItemCollectionMetrics(input);
    const options = {token: input.ClientRequestToken, capacity: input.ReturnConsumedCapacity};
    return transactWrite(input.TransactItems, options, store);
  },
});
