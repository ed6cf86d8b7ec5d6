import type {Clock} from '../../clock.ts';
import {ServiceError} from '../../service-error.ts';
import type {State} from '../../state.ts';
import type {DataAction, EngineStore, Output, Validated} from './engine.ts';
import {startExpiry} from './expiry.ts';
import {type Items, openItems, type Space} from './items.ts';
import type {UserIdentity} from './stream-record.ts';
import {Streams} from './streams.ts';
import type {EngineTable, Table} from './table.ts';
import {assertOwnTable, tableNameOf} from './table-name.ts';

export interface DynamodbOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

type Engine = typeof import('./engine.ts');
type Writing = Exclude<DataAction, 'query' | 'scan'>;

/**
 * The tables and their items. dynalite's core validates and evaluates; what a table is, and where its items lie,
 * is decided here. A write is one SQLite transaction within one turn: item, indexes and condition belong together.
 */
export class DynamodbStore {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
  readonly tables;
  readonly items: Items;
  readonly streams: Streams;
  readonly expiry: ReturnType<typeof startExpiry>;
  #engine: Promise<Engine> | undefined;

  constructor({state, clock, account, region}: DynamodbOptions) {
    this.account = account;
    this.region = region;
    this.clock = clock;
    this.tables = state.collection<Table>('dynamodb tables');
    this.items = openItems(state.folder('dynamodb'));
    this.streams = new Streams({state, log: this.items.streamLog, clock});
    this.#dropOrphans();
    this.expiry = startExpiry(this);
  }

  /** dynalite takes some 25 ms to load, so it waits for the first call that needs it. */
  engine(): Promise<Engine> {
    this.#engine ??= import('./engine.ts');
    return this.#engine;
  }

  /** Throws ResourceNotFoundException in the words of the control plane. */
  table(nameOrArn: string): Table {
    assertOwnTable(nameOrArn, this);
    const name = tableNameOf(nameOrArn);
    const table = this.tables.get(name);
    if (table === undefined)
      throw new ServiceError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
    return table;
  }

  /**
   * Runs what `change` does to items as one transaction, together with the records of it in the tables' streams; it is
   * handed what dynalite's core needs.
   */
  async change<T>(change: (engine: Engine, store: EngineStore) => T, by?: UserIdentity): Promise<T> {
    const engine = await this.engine();
    const {watch, announce} = this.streams.watch(engine.itemSize, by);
    const result = this.items.transaction(() => change(engine, this.#engineStore(watch)));
    announce();
    return result;
  }

  async read<T>(read: (engine: Engine, store: EngineStore) => T): Promise<Awaited<T>> {
    return await read(
      await this.engine(),
      this.#engineStore(space => space),
    );
  }

  /** One of dynalite's writing actions on one table or more. */
  write(action: Writing, input: object): Promise<Output> {
    return this.change((engine, store) => {
      const validated = engine.validate(action, this.named(input));
      try {
        return engine.performNow(action, store, validated);
      } catch (error) {
        throw withItem(error, validated, engine, store);
      }
    });
  }

  /** The input with its table's name where it had an ARN. */
  named<T extends object>(input: T): T {
    if (!('TableName' in input) || typeof input.TableName !== 'string') return input;
    assertOwnTable(input.TableName, this);
    return {...input, TableName: tableNameOf(input.TableName)};
  }

  dropItems(table: Table, index?: string): void {
    this.items.drop(index === undefined ? table.description.TableId : `${table.description.TableId}/${index}`);
  }

  spaceOf(table: Table, index?: string): string {
    return index === undefined ? table.description.TableId : `${table.description.TableId}/${index}`;
  }

  close(): void {
    this.expiry.stop();
    this.streams.close();
    this.items.close();
  }

  #engineStore(watch: (space: Space, table: EngineTable) => Space): EngineStore {
    return {
      table: name => this.tables.get(name)?.description,
      items: name => {
        const space = this.items.space(this.#spaceOf(name));
        const table = this.tables.get(name)?.description;
        return table === undefined ? space : watch(space, table);
      },
      index: (name, index) => this.items.space(`${this.#spaceOf(name)}/${index}`),
    };
  }

  // The ID, not the name: what a deleted table left behind can never appear in a new one of the same name.
  #spaceOf(name: string): string {
    return this.tables.get(name)?.description.TableId ?? name;
  }

  /** A table is gone once its description is; its items may not have been when the process was killed. */
  #dropOrphans(): void {
    this.streams.disableAllBut(
      new Set([...this.tables.values()].flatMap(({description}) => description.LatestStreamArn ?? [])),
    );
    const ids = new Set([...this.tables.values()].map(table => table.description.TableId));
    for (const space of this.items.spaces()) if (!ids.has(space.split('/')[0]!)) this.items.drop(space);
  }
}

/** `ReturnValuesOnConditionCheckFailure`: the item stands as it was when the condition failed, in this same turn. */
function withItem(error: unknown, validated: Validated, engine: Engine, store: EngineStore): unknown {
  if (
    !(error instanceof ServiceError) ||
    error.code !== 'ConditionalCheckFailedException' ||
    validated.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD'
  )
    return error;
  const key = (validated.Key ?? validated.Item) as object;
  const item = engine.readItem(store, validated.TableName as string, key);
  return item === undefined ? error : new ServiceError(error.code, error.message, {members: {Item: item}});
}
