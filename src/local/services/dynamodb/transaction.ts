import {createHash} from 'node:crypto';
import {ServiceError} from '../../service-error.ts';
import type {Infer} from '../../shape.ts';
import type {EngineStore, Output, Validated} from './engine.ts';
import type {transactWriteItem} from './shapes.ts';
import type {DynamodbStore} from './store.ts';

type Item = Infer<typeof transactWriteItem>;
type Engine = typeof import('./engine.ts');

const tokenLifetime = 10 * 60_000;
const maxItems = 100;

/**
 * All of the items or none, in one turn and one SQLite transaction: nothing reads or writes in between, so there is
 * no TransactionConflict to meet.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function transactWrite(
  items: readonly Item[],
  options: {readonly token?: string | undefined; readonly capacity?: string | undefined},
  store: DynamodbStore,
): Promise<Output> {
  checkCount(items.length);
  const outcome = await store.change((engine, tables) => {
    const actions = items.map(item => actionOf(item, store, engine));
    checkDistinct(actions, engine, tables);
    if (options.token !== undefined && alreadyDone(options.token, items, store)) return [];
    const done = actions.map(action => attempt(action, engine, tables, options.capacity));
    if (done.some(result => result.reason.Code !== 'None')) throw cancelled(done.map(result => result.reason));
    if (options.token !== undefined) store.items.tokens.set(options.token, digest(items), store.clock.now());
    return done;
  });
  const used = outcome.flatMap(result => result.output?.ConsumedCapacity ?? []);
  return used.length === 0 ? {} : {ConsumedCapacity: capacityByTable(used)};
}

type Kind = 'putItem' | 'updateItem' | 'deleteItem' | 'check';
interface Action {
  readonly kind: Kind;
  readonly validated: Validated & {readonly TableName: string};
  /** A key, or an item that contains it. */
  readonly key: object;
}

function actionOf(item: Item, store: DynamodbStore, engine: Engine): Action {
  const present = Object.entries(item).filter(([, value]) => value !== undefined);
  if (present.length !== 1)
    throw new ServiceError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
  const {Put, Update, Delete, ConditionCheck} = item;
  const kind: Kind = Put ? 'putItem' : Update ? 'updateItem' : Delete ? 'deleteItem' : 'check';
  const input = store.named((Put ?? Update ?? Delete ?? ConditionCheck)!);
  // A condition check takes what a delete takes: a key and a condition.
  const validated = engine.validate(kind === 'check' ? 'deleteItem' : kind, input);
  return {
    kind,
    validated: {...validated, TableName: input.TableName},
    key: (validated.Key ?? validated.Item) as object,
  };
}

interface Attempt {
  readonly reason: {readonly Code: string; readonly Message?: string; readonly Item?: object};
  readonly output?: Output;
}

/** Items are distinct, so each condition sees the state before the transaction, and every one that fails is told. */
function attempt(action: Action, engine: Engine, tables: EngineStore, capacity: string | undefined): Attempt {
  const {kind, validated, key} = action;
  try {
    if (kind === 'check') {
      const {error} = engine.checkCondition(tables, {...validated, Key: key});
      if (error !== undefined) throw error;
      return {reason: {Code: 'None'}};
    }
    const output = engine.performNow(kind, tables, {...validated, ReturnConsumedCapacity: capacity});
    return {reason: {Code: 'None'}, output};
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code === 'ResourceNotFoundException') throw error;
    if (error.code !== 'ConditionalCheckFailedException')
      return {
        reason: {
          Code: error.code.replace(/Exception$/, '').replace('Validation', 'ValidationError'),
          Message: error.message,
        },
      };
    const asksItem = validated.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const item = asksItem ? engine.readItem(tables, validated.TableName, key) : undefined;
    return {reason: {Code: 'ConditionalCheckFailed', Message: error.message, ...(item && {Item: item})}};
  }
}

function cancelled(reasons: readonly Attempt['reason'][]): ServiceError {
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(reason => reason.Code).join(', ')}]`;
  return new ServiceError('TransactionCanceledException', message, {
    members: {Message: message, CancellationReasons: reasons},
  });
}

export function checkCount(count: number): void {
  if (count < 1 || count > maxItems)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${count < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxItems}`}`,
    );
}

function checkDistinct(actions: readonly Action[], engine: Engine, tables: EngineStore): void {
  const seen = new Set<string>();
  for (const {validated, key} of actions) {
    const identity = engine.itemIdentity(tables, validated.TableName, key);
    if (identity === undefined) continue;
    if (seen.has(identity))
      throw new ServiceError(
        'ValidationException',
        'Transaction request cannot include multiple operations on one item',
      );
    seen.add(identity);
  }
}

function alreadyDone(token: string, items: readonly Item[], store: DynamodbStore): boolean {
  const used = store.items.tokens.get(token, store.clock.now() - tokenLifetime);
  if (used === undefined || used === digest(items)) return used !== undefined;
  throw new ServiceError(
    'IdempotentParameterMismatchException',
    'The request used the same client token as a previous request but with different parameters.',
  );
}

function digest(items: readonly Item[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('hex');
}

/** A transaction costs twice what its parts would. */
export function capacityByTable(used: readonly unknown[]): object[] {
  const units = new Map<string, number>();
  for (const {TableName, CapacityUnits} of used as readonly {TableName: string; CapacityUnits: number}[])
    units.set(TableName, (units.get(TableName) ?? 0) + 2 * CapacityUnits);
  return [...units].map(([TableName, CapacityUnits]) => ({TableName, CapacityUnits}));
}
