import type {DynamodbStore} from './store.ts';
import type {SecondaryIndex, Table} from './table.ts';

/** A TableDescription. Counts are those of this moment, where AWS's are up to six hours old. */
export function describeTable(table: Table, store: DynamodbStore): object {
  const {entries, bytes} = store.items.count(store.spaceOf(table));
  const indexes = (list: readonly SecondaryIndex[] | undefined) =>
    list?.map(index => {
      const size = store.items.count(store.spaceOf(table, index.IndexName));
      return {...index, ItemCount: size.entries, IndexSizeBytes: size.bytes};
    });
  return {
    ...table.description,
    LocalSecondaryIndexes: indexes(table.description.LocalSecondaryIndexes),
    GlobalSecondaryIndexes: indexes(table.description.GlobalSecondaryIndexes),
    ItemCount: entries,
    TableSizeBytes: bytes,
  };
}
