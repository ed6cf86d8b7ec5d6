import batchGetItemAction from 'dynalite/actions/batchGetItem.js';
import batchWriteItemAction from 'dynalite/actions/batchWriteItem.js';
import deleteItemAction from 'dynalite/actions/deleteItem.js';
import getItemAction from 'dynalite/actions/getItem.js';
import putItemAction from 'dynalite/actions/putItem.js';
import queryAction from 'dynalite/actions/query.js';
import scanAction from 'dynalite/actions/scan.js';
import updateItemAction from 'dynalite/actions/updateItem.js';
import db from 'dynalite/db/index.js';
import batchGetItem from 'dynalite/validations/batchGetItem.js';
import batchWriteItem from 'dynalite/validations/batchWriteItem.js';
import createTable from 'dynalite/validations/createTable.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import getItem from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import query from 'dynalite/validations/query.js';
import scan from 'dynalite/validations/scan.js';
import updateItem from 'dynalite/validations/updateItem.js';
import updateTable from 'dynalite/validations/updateTable.js';
import {ServiceError} from '../../service-error.ts';
import type {Space} from './items.ts';
import type {EngineTable} from './table.ts';

/**
 * dynalite's core (the expression language, the validation messages, the key order) without its server, its
 * database and its tables. Nothing else imports dynalite.
 */

export type DataAction = keyof typeof actions;
export type ValidatedAction = keyof typeof inputs;
/** An input after dynalite's validation: expressions are parsed into members that begin with an underscore. */
export type Validated = Record<string, unknown>;
export type Output = Record<string, unknown>;

/** What dynalite's actions ask of a store. */
export interface EngineStore {
  table(name: string): EngineTable | undefined;
  items(tableName: string): Space;
  index(tableName: string, indexName: string): Space;
}

const actions = {
  getItem: getItemAction,
  putItem: putItemAction,
  updateItem: updateItemAction,
  deleteItem: deleteItemAction,
  query: queryAction,
  scan: scanAction,
  batchGetItem: batchGetItemAction,
  batchWriteItem: batchWriteItemAction,
};

// dynalite drops the members it does not know: what DynamoDB has learnt since is added to its tables.
const onFailure = {
  ReturnValuesOnConditionCheckFailure: {type: 'String', enum: ['ALL_OLD', 'NONE']},
};
const inputs = {
  getItem,
  putItem: extended(putItem, onFailure),
  updateItem: extended(updateItem, onFailure),
  deleteItem: extended(deleteItem, onFailure),
  query,
  scan: extended(scan, {ConsistentRead: 'Boolean'}),
  batchGetItem,
  batchWriteItem,
  createTable,
  updateTable,
};

function extended(validation: {types: Record<string, unknown>; custom?: unknown}, types: Record<string, unknown>) {
  return {types: {...validation.types, ...types}, custom: validation.custom};
}

const maxItemSize = 400 * 1024;

/** Checks an input with DynamoDB's own messages and parses its expressions. */
export function validate(action: ValidatedAction, input: object): Validated {
  const {types, custom} = inputs[action];
  return translated(() => {
    const data = validations.checkTypes(ownCopy(input) as object, types);
    validations.checkValidations(data, types, custom, {options: {maxItemSize}});
    copyTakenValues(data);
    // It becomes the item where there is none, and an attribute may be called toString.
    if (action === 'updateItem') Object.setPrototypeOf(data.Key, null);
    return data;
  });
}

/**
 * dynalite changes what it is given, and breaks at null among the members of a list or map, which DynamoDB takes for an
 * empty value.
 */
function ownCopy(value: unknown, {ofMap = false, level = 0} = {}): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (level > deepest) throw new ServiceError('ValidationException', 'Nesting Levels have exceeded supported limits');
  if (Array.isArray(value)) return value.map(item => ownCopy(item ?? {}, {level: level + 1}));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      ownCopy(ofMap ? (member ?? {}) : member, {ofMap: maps.has(name), level: level + 1}),
    ]),
  );
}

/** Of JSON: lists and maps may be nested 32 times, which is two levels each, and stand below an item of a batch. */
const deepest = 75;

/** Members that are maps, by names of the user's. */
const maps: ReadonlySet<string> = new Set([
  ...['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues', 'M'],
  ...['AttributeUpdates', 'Expected', 'KeyConditions', 'QueryFilter', 'ScanFilter'],
]);

/**
 * What an update takes from the item, as in `SET history[0].before = history`, dynalite puts in as the very object, which
 * then holds itself, or changes with what it was taken from.
 */
function copyTakenValues({_updates}: Validated): void {
  const {sections = []} = (_updates ?? {}) as {readonly sections?: readonly {readonly type: string; val: unknown}[]};
  for (const section of sections.filter(({type}) => type === 'set')) {
    let own = section.val;
    const set = (value: unknown) => {
      own = ownCopy(value);
    };
    Object.defineProperty(section, 'val', {get: () => own, set});
  }
}

/** Runs an action to its end in this turn: all but Query and Scan, which read from streams. */
export function performNow(
  action: Exclude<DataAction, 'query' | 'scan'>,
  store: EngineStore,
  validated: Validated,
): Output {
  let outcome: {error?: Error | null | undefined; output?: Output | undefined} | undefined;
  translated(() => actions[action](storeOf(store), validated, (error, output) => (outcome = {error, output})));
  if (outcome === undefined) throw new Error(`${action} did not finish in one turn`);
  if (outcome.error) throw serviceErrorOf(outcome.error);
  return outcome.output ?? {};
}

export function perform(action: DataAction, store: EngineStore, validated: Validated): Promise<Output> {
  return new Promise((resolve, reject) =>
    actions[action](storeOf(store), validated, (error, output) =>
      error ? reject(serviceErrorOf(error)) : resolve(output ?? {}),
    ),
  );
}

/** The item of a key, and whether the input's condition holds for it. */
export function checkCondition(
  store: EngineStore,
  validated: Validated & {TableName: string; Key: object},
): {readonly item: object | undefined; readonly error: unknown} {
  const table = store.table(validated.TableName);
  if (table === undefined) throw new ServiceError('ResourceNotFoundException', 'Requested resource not found');
  const invalid = db.validateKey(validated.Key, table);
  if (invalid) return {item: undefined, error: serviceErrorOf(invalid)};
  const item = readItem(store, validated.TableName, validated.Key);
  const failed = db.checkConditional(validated, item);
  return {item, error: failed ? serviceErrorOf(failed) : undefined};
}

/** `key` may be a whole item. */
export function readItem(store: EngineStore, tableName: string, key: object): object | undefined {
  const table = store.table(tableName);
  let item: object | undefined;
  if (table !== undefined)
    store.items(tableName).get(db.createKey(key, table), (_error, value) => {
      item = value;
    });
  return item;
}

/** In bytes, as DynamoDB counts them. */
export function itemSize(item: object): number {
  return db.itemSize(item);
}

/** A name for the item that a key (or a whole item) means, the same for the same item; undefined for a bad key. */
export function itemIdentity(store: EngineStore, tableName: string, key: object): string | undefined {
  const table = store.table(tableName);
  if (table === undefined) return undefined;
  const own = Object.fromEntries(
    Object.entries(key).filter(([name]) => table.KeySchema.some(element => element.AttributeName === name)),
  );
  return db.validateKey(own, table) ? undefined : `${tableName}/${db.createKey(own, table)}`;
}

/** The entries of one index for an item: none when the item has not all of the index's keys. */
export function indexEntries(table: EngineTable, indexName: string, item: object): {key: string; item: object}[] {
  const indexes = (table.GlobalSecondaryIndexes ?? []).filter(index => index.IndexName === indexName);
  return db.getIndexActions(indexes, null, item, table).puts;
}

function storeOf(store: EngineStore) {
  return {
    options: {maxItemSize},
    getItemDb: (tableName: string) => store.items(tableName),
    getIndexDb: (_kind: string, tableName: string, indexName: string) => store.index(tableName, indexName),
    getTable(name: string, callback: (error: Error | null, table?: EngineTable) => void) {
      const table = store.table(name);
      if (table === undefined) callback(new ServiceError('ResourceNotFoundException', 'Requested resource not found'));
      else callback(null, table);
    },
  };
}

function translated<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw serviceErrorOf(error);
  }
}

/** dynalite's errors carry the answer: `{statusCode, body: {__type, message}}`. */
function serviceErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('body' in error)) return error;
  const body = error.body as {__type: string; message?: string; Message?: string};
  return new ServiceError(body.__type.replace(/^.*#/, ''), body.message ?? body.Message ?? error.message);
}
