import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {createTable as create} from '../create-table.ts';
import {onTable} from '../permissions.ts';
import {attributeDefinitions, encryption, globalIndex, keySchema, localIndex, tags, throughput} from '../shapes.ts';
import type {DynamodbStore} from '../store.ts';

/** StreamSpecification, warm and on-demand throughput, resource policies and replicas are refused by name. */
export const createTable = operationOf<DynamodbStore>()({
  name: 'CreateTable',
  input: structure({
    TableName: required(string),
    AttributeDefinitions: attributeDefinitions,
    KeySchema: keySchema,
    LocalSecondaryIndexes: list(structure(localIndex)),
    GlobalSecondaryIndexes: list(structure(globalIndex)),
    BillingMode: string,
    /** Kept and described; this table throttles nobody. */
    ProvisionedThroughput: throughput,
    SSESpecification: encryption,
    Tags: tags,
    /** Kept and described; it decides a price. */
    TableClass: string,
    DeletionProtectionEnabled: boolean,
  }),
  permissions: (input, context) => [
    onTable('CreateTable', input.TableName, context),
    ...(input.Tags?.length ? [onTable('TagResource', input.TableName, context)] : []),
  ],
  run: (input, _context, store) => create(input, store),
});
