import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {onTable} from '../permissions.ts';
import {attributeDefinitions, encryption, globalIndex, throughput} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';
import {updateTable as update} from '../update-table.ts';

const indexUpdate = structure({
  Create: structure(globalIndex),
  Update: structure({IndexName: string, ProvisionedThroughput: throughput}),
  Delete: structure({IndexName: string}),
});

export const updateTable = operationOf<DynamodbStore>()({
  name: 'UpdateTable',
  input: structure({
    TableName: required(string),
    AttributeDefinitions: attributeDefinitions,
    BillingMode: string,
    ProvisionedThroughput: throughput,
    GlobalSecondaryIndexUpdates: list(indexUpdate),
    SSESpecification: encryption,
    TableClass: string,
    DeletionProtectionEnabled: boolean,
  }),
  permissions: (input, context) => [onTable('UpdateTable', input.TableName, context)],
  run: (input, _context, store) => update(input, store),
});
