import type {DynamodbStore} from './store.ts';
import {assertOwnTable, tableNameOf} from './table-name.ts';

/** A batch's requests by table name, and the way back to the names or ARNs of the request for its answer. */
export function byTableName<T>(requestItems: Readonly<Record<string, T>>, store: DynamodbStore) {
  const given = new Map<string, string>();
  const requests: Record<string, T> = {};
  for (const [nameOrArn, request] of Object.entries(requestItems)) {
    assertOwnTable(nameOrArn, store);
    given.set(tableNameOf(nameOrArn), nameOrArn);
    requests[tableNameOf(nameOrArn)] = request;
  }
  const restore = (byName: unknown) =>
    Object.fromEntries(Object.entries(byName ?? {}).map(([name, value]) => [given.get(name) ?? name, value]));
  return {requests, restore};
}
