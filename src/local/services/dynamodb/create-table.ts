import {randomUUID} from 'node:crypto';
import {ServiceError} from '../../service-error.ts';
import type {Infer} from '../../shape.ts';
import {checkTableClass, describeEncryption} from './refusals.ts';
import type {createTableInput} from './shapes.ts';
import type {DynamodbStore} from './store.ts';
import {checkStreamSpecification} from './stream-specification.ts';
import type {EngineTable, SecondaryIndex} from './table.ts';
import {tableArn, tableNameOf} from './table-name.ts';

type Input = Infer<typeof createTableInput>;

/** The answer still says CREATING, as AWS's does; from then on the table is ACTIVE. */
export async function createTable(input: Input, store: DynamodbStore): Promise<{TableDescription: object}> {
  const name = tableNameOf(input.TableName);
  const engine = await store.engine();
  const valid = engine.validate('createTable', {...input, TableName: name}) as unknown as ValidInput;
  checkTableClass(input.TableClass);
  const viewType = checkStreamSpecification(input.StreamSpecification);
  const SSEDescription = describeEncryption(input.SSESpecification, store);
  if (store.tables.has(name)) throw new ServiceError('ResourceInUseException', `Table already exists: ${name}`);
  const arn = tableArn(name, store);
  const now = store.clock.now() / 1000;
  const onDemand = valid.BillingMode === 'PAY_PER_REQUEST';
  const created: EngineTable = {
    TableName: name,
    TableArn: arn,
    TableId: randomUUID(),
    TableStatus: 'ACTIVE',
    CreationDateTime: now,
    AttributeDefinitions: valid.AttributeDefinitions,
    KeySchema: valid.KeySchema,
    ProvisionedThroughput: throughputOf(valid.ProvisionedThroughput),
    ...(onDemand && {
      BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: now},
    }),
    ...(valid.LocalSecondaryIndexes && {
      LocalSecondaryIndexes: valid.LocalSecondaryIndexes.map(index => ({
        ...index,
        IndexArn: `${arn}/index/${index.IndexName}`,
      })),
    }),
    ...(valid.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: valid.GlobalSecondaryIndexes.map(index => globalIndexOf(index, arn)),
    }),
    DeletionProtectionEnabled: input.DeletionProtectionEnabled ?? false,
    ...(SSEDescription && {SSEDescription}),
    ...(input.TableClass && {TableClassSummary: {TableClass: input.TableClass}}),
  };
  const description = viewType === undefined ? created : {...created, ...store.streams.enable(created, viewType)};
  const tags = Object.fromEntries((input.Tags ?? []).map(tag => [tag.Key, tag.Value]));
  store.tables.set(name, {description, tags});
  return {TableDescription: {...description, TableStatus: 'CREATING', ItemCount: 0, TableSizeBytes: 0}};
}

/** What dynalite's validation vouches for. */
type ValidInput = Pick<EngineTable, 'AttributeDefinitions' | 'KeySchema'> & {
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: Capacity;
  readonly LocalSecondaryIndexes?: readonly NewIndex[];
  readonly GlobalSecondaryIndexes?: readonly NewIndex[];
};

export type NewIndex = Pick<SecondaryIndex, 'IndexName' | 'KeySchema' | 'Projection'> & {
  readonly ProvisionedThroughput?: Capacity;
};

interface Capacity {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

export function globalIndexOf(index: NewIndex, tableArn: string): SecondaryIndex {
  return {
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
    IndexArn: `${tableArn}/index/${index.IndexName}`,
    IndexStatus: 'ACTIVE',
    ProvisionedThroughput: throughputOf(index.ProvisionedThroughput),
  };
}

export function throughputOf(capacity: Capacity | undefined) {
  return {
    ReadCapacityUnits: capacity?.ReadCapacityUnits ?? 0,
    WriteCapacityUnits: capacity?.WriteCapacityUnits ?? 0,
    NumberOfDecreasesToday: 0,
  };
}
