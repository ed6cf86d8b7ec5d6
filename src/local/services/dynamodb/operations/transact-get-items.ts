import {operationOf} from '../../../operation.ts';
import {list, map, required, string, structure} from '../../../shape.ts';
import {onItems} from '../permissions.ts';
import {attributes} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';
import {capacityByTable, checkCount} from '../transaction.ts';

const get = structure({
  TableName: required(string),
  Key: required(attributes),
  ProjectionExpression: string,
  ExpressionAttributeNames: map(string),
});

export const transactGetItems = operationOf<DynamodbStore>()({
  name: 'TransactGetItems',
  input: structure({
    TransactItems: required(list(structure({Get: required(get)}))),
    ReturnConsumedCapacity: string,
  }),
  permissions: (input, context, store) =>
    input.TransactItems.map(({Get}) =>
      onItems('GetItem', Get, context, store, {keys: [Get.Key], within: 'TransactGetItems', select: true}),
    ),
  async run({TransactItems, ReturnConsumedCapacity}, _context, store) {
    checkCount(TransactItems.length);
    // One turn reads them all, so they belong together.
    const outputs = await store.read((engine, tables) =>
      TransactItems.map(({Get}) => ({...store.named(Get), ReturnConsumedCapacity})).map(input =>
        engine.performNow('getItem', tables, engine.validate('getItem', input)),
      ),
    );
    const used = outputs.flatMap(output => output.ConsumedCapacity ?? []);
    return {
      Responses: outputs.map(({Item}) => ({Item})),
      ConsumedCapacity: used.length === 0 ? undefined : capacityByTable(used),
    };
  },
});
