import {ServiceError} from '../../service-error.ts';
import type {Infer} from '../../shape.ts';
import {globalIndexOf, type NewIndex, throughputOf} from './create-table.ts';
import {describeTable} from './describe-table.ts';
import {checkTableClass, describeEncryption} from './refusals.ts';
import type {updateTableInput} from './shapes.ts';
import type {DynamodbStore} from './store.ts';
import {withStream} from './stream-specification.ts';
import type {EngineTable, SecondaryIndex, Table} from './table.ts';

type Input = Infer<typeof updateTableInput>;

/** Everything asked for is done when this returns, the filling of a new index included. */
export async function updateTable(input: Input, store: DynamodbStore): Promise<{TableDescription: object}> {
  const engine = await store.engine();
  const table = store.table(input.TableName);
  const {
    AttributeDefinitions,
    SSESpecification,
    StreamSpecification,
    TableClass,
    DeletionProtectionEnabled,
    ...throughput
  } = input;
  const asksMore = SSESpecification ?? StreamSpecification ?? TableClass ?? DeletionProtectionEnabled;
  if (asksMore === undefined || Object.values(throughput).filter(value => value !== undefined).length > 1)
    engine.validate('updateTable', {
      ...throughput,
      TableName: table.description.TableName,
      GlobalSecondaryIndexUpdates: inProvisionedTerms(input),
    });
  checkTableClass(TableClass);
  const encryption = SSESpecification && describeEncryption(SSESpecification, store);
  const {SSEDescription, ...unencrypted} = table.description;
  const base: EngineTable = {
    ...unencrypted,
    ...(SSESpecification === undefined
      ? SSEDescription && {SSEDescription}
      : encryption && {SSEDescription: encryption}),
    ...(TableClass && {TableClassSummary: {TableClass}}),
    DeletionProtectionEnabled: DeletionProtectionEnabled ?? table.description.DeletionProtectionEnabled,
    AttributeDefinitions: definitions(table, AttributeDefinitions as EngineTable['AttributeDefinitions'] | undefined),
  };
  const changed = withIndexes(withBilling(base, input, store.clock.now() / 1000), input);
  const description = withStream(changed, StreamSpecification, store.streams);
  const updated: Table = {...table, description};
  for (const {Delete} of input.GlobalSecondaryIndexUpdates ?? [])
    if (Delete?.IndexName !== undefined) store.dropItems(table, Delete.IndexName);
  await store.change(({indexEntries}) => {
    fillNewIndexes(updated, input, store, indexEntries);
    store.tables.set(description.TableName, updated);
  });
  return {TableDescription: {...describeTable(updated, store), TableStatus: 'UPDATING'}};
}

/** dynalite's validation is from before on-demand tables: it wants to see a throughput on every new index. */
function inProvisionedTerms({GlobalSecondaryIndexUpdates}: Input) {
  const ProvisionedThroughput = {ReadCapacityUnits: 1, WriteCapacityUnits: 1};
  return GlobalSecondaryIndexUpdates?.map(({Create, ...update}) =>
    Create === undefined ? update : {...update, Create: {ProvisionedThroughput, ...Create}},
  );
}

function definitions(table: Table, added: EngineTable['AttributeDefinitions'] = []) {
  const names = new Set(added.map(definition => definition.AttributeName));
  return [...table.description.AttributeDefinitions.filter(({AttributeName}) => !names.has(AttributeName)), ...added];
}

function withBilling(description: EngineTable, input: Input, now: number): EngineTable {
  const mode = input.BillingMode ?? description.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  if (input.ProvisionedThroughput && mode === 'PAY_PER_REQUEST')
    throw new ServiceError(
      'ValidationException',
      'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  const throughput = input.ProvisionedThroughput as Parameters<typeof throughputOf>[0];
  if (input.BillingMode === 'PAY_PER_REQUEST')
    return {
      ...description,
      ProvisionedThroughput: throughputOf(undefined),
      BillingModeSummary: {BillingMode: mode, LastUpdateToPayPerRequestDateTime: now},
    };
  return {
    ...description,
    ...(input.BillingMode && {BillingModeSummary: {BillingMode: mode}}),
    ...(throughput && {ProvisionedThroughput: throughputOf(throughput)}),
  };
}

function withIndexes(description: EngineTable, input: Input): EngineTable {
  let indexes: readonly SecondaryIndex[] = description.GlobalSecondaryIndexes ?? [];
  for (const {Create, Update, Delete} of input.GlobalSecondaryIndexUpdates ?? []) {
    if (Create !== undefined) {
      if (indexes.some(index => index.IndexName === Create.IndexName))
        throw invalid(`Attempting to create an index which already exists: ${Create.IndexName}`);
      checkKeysDefined(Create as NewIndex, description);
      indexes = [...indexes, globalIndexOf(Create as NewIndex, description.TableArn)];
      continue;
    }
    const name = Update?.IndexName ?? Delete?.IndexName;
    if (!indexes.some(index => index.IndexName === name))
      throw new ServiceError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
    if (Delete !== undefined) indexes = indexes.filter(index => index.IndexName !== name);
    else
      indexes = indexes.map(index =>
        index.IndexName === name
          ? {
              ...index,
              ProvisionedThroughput: throughputOf(Update?.ProvisionedThroughput as NewIndex['ProvisionedThroughput']),
            }
          : index,
      );
  }
  const {GlobalSecondaryIndexes: _, ...rest} = description;
  return indexes.length === 0 ? rest : {...rest, GlobalSecondaryIndexes: indexes};
}

function checkKeysDefined(index: NewIndex, {AttributeDefinitions}: EngineTable): void {
  const defined = AttributeDefinitions.map(definition => definition.AttributeName);
  const keys = index.KeySchema.map(key => key.AttributeName);
  if (!keys.every(key => defined.includes(key)))
    throw invalid(
      `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

function fillNewIndexes(
  table: Table,
  input: Input,
  store: DynamodbStore,
  indexEntries: (table: EngineTable, indexName: string, item: object) => {key: string; item: object}[],
): void {
  for (const name of (input.GlobalSecondaryIndexUpdates ?? []).flatMap(({Create}) => Create?.IndexName ?? [])) {
    const index = store.items.space(store.spaceOf(table, name));
    for (const item of store.items.all(store.spaceOf(table)))
      for (const entry of indexEntries(table.description, name, item)) index.put(entry.key, entry.item, () => {});
  }
}
