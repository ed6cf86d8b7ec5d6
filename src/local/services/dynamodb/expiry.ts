import type {Clock} from '../../clock.ts';
import type {EngineStore} from './engine.ts';
import type {Items} from './items.ts';
import type {UserIdentity} from './stream-record.ts';
import type {Table} from './table.ts';

const sweepInterval = 60_000;
const fiveYears = 5 * 365 * 86_400;

/** What the store of the tables gives for it. */
interface TimedItems {
  readonly clock: Clock;
  readonly tables: {values(): Iterable<Table>};
  readonly items: Items;
  spaceOf(table: Table): string;
  change(work: (engine: typeof import('./engine.ts'), tables: EngineStore) => void, by: UserIdentity): Promise<void>;
}

/**
 * Deletes what has expired, once a minute while any table has a time to live; AWS takes up to a few days, so a
 * reader must look at the time itself. Items that expired more than five years ago stay, as on AWS.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
export function startExpiry(store: TimedItems): {wake(): void; stop(): void} {
  let cancel: (() => void) | undefined;
  let stopped = false;
  const wake = () => {
    if (stopped || cancel !== undefined || timed(store).length === 0) return;
    cancel = store.clock.after(sweepInterval, () => void sweep());
  };
  const sweep = async () => {
    cancel = undefined;
    try {
      for (const table of timed(store)) if (!stopped) await deleteExpired(table, store);
    } catch (error) {
      // The database may have been closed while the sweep waited for its turn.
      if (!stopped) throw error;
    }
    wake();
  };
  wake();
  return {
    wake,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

function timed(store: TimedItems): Table[] {
  return [...store.tables.values()].filter(table => table.timeToLive !== undefined);
}

async function deleteExpired(table: Table, store: TimedItems): Promise<void> {
  const {description, timeToLive} = table;
  const now = store.clock.now() / 1000;
  const isKey = (name: string) => description.KeySchema.some(element => element.AttributeName === name);
  await store.change((engine, tables) => {
    for (const item of store.items.withNumberBetween(store.spaceOf(table), timeToLive!, now - fiveYears, now)) {
      const Key = Object.fromEntries(Object.entries(item).filter(([name]) => isKey(name)));
      engine.performNow('deleteItem', tables, {TableName: description.TableName, Key});
    }
  }, dynamodbItself);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html */
const dynamodbItself: UserIdentity = {Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com'};
