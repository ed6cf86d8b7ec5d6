import {join} from 'node:path';
import {DatabaseSync, type SQLInputValue, type StatementSync} from 'node:sqlite';
import {Readable} from 'node:stream';
import {openStreamLog, type StreamLog, streamLogSchema} from './stream-log.ts';

/**
 * Items and index entries in the order of their keys, in one SQLite database. Every read and write is done when
 * the call returns, so a change made of many of them runs in one turn: nothing can come between, and one
 * transaction makes all of it durable or none.
 */
export interface Items {
  /** The entries of a table or of an index, as dynalite's core asks for them. */
  space(name: string): Space;
  /** All or none: `change` must not wait for anything. */
  transaction<T>(change: () => T): T;
  /** Removes the spaces whose name is or begins with `<name>/`. */
  drop(name: string): void;
  spaces(): string[];
  count(space: string): {readonly entries: number; readonly bytes: number};
  all(space: string): Iterable<object>;
  /** Items whose number `attribute` lies between the two. */
  withNumberBetween(space: string, attribute: string, from: number, to: number): object[];
  readonly streamLog: StreamLog;
  /** What a ClientRequestToken was used for, while it is remembered. */
  readonly tokens: {
    get(token: string, since: number): string | undefined;
    set(token: string, use: string, at: number): void;
  };
  close(): void;
}

type Callback<T = void> = (error: Error | null, value?: T) => void;

export interface Space {
  /** Changes run in one turn each, so there is nothing to wait for. */
  lock(key: string, run: (release: <F>(callback: F) => F) => void): void;
  get(key: string, callback: Callback<object>): void;
  put(key: string, value: object, callback: Callback): void;
  del(key: string, callback: Callback): void;
  createValueStream(range: Range): Readable;
}

interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  /** -1 for all. */
  readonly limit?: number;
}

/**
 * Opens `items.sqlite` in the folder; write-ahead mode, so what was committed survives the death of the process. A
 * checkpoint waits for the disk, so there is one every 32 MB of log and not every 4.
 */
export function openItems(folder: string): Items {
  const database = new DatabaseSync(join(folder, 'items.sqlite'));
  database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 2000;
    pragma wal_autocheckpoint = 8000;
    create table if not exists entries (space text not null, key text not null, value text not null, primary key (space, key)) without rowid;
    create table if not exists tokens (token text primary key, used text not null, time integer not null);
    ${streamLogSchema}`);
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    space: name => openSpace(prepare, name),
    transaction(change) {
      prepare('begin immediate').run();
      try {
        const result = change();
        prepare('commit').run();
        return result;
      } catch (error) {
        prepare('rollback').run();
        throw error;
      }
    },
    // '0' is the character after '/'.
    drop: name =>
      void prepare(`delete from entries where space = ?1 or (space >= ?1 || '/' and space < ?1 || '0')`).run(name),
    spaces() {
      // From name to name: `select distinct` would read every item.
      const next = prepare('select space from entries where space > ? order by space limit 1');
      const names: string[] = [];
      for (let row = next.get(''); row !== undefined; row = next.get(names.at(-1)!)) names.push(row.space as string);
      return names;
    },
    count(space) {
      const row = prepare('select count(*) as entries, sum(length(value)) as bytes from entries where space = ?').get(
        space,
      );
      return {entries: Number(row?.entries ?? 0), bytes: Number(row?.bytes ?? 0)};
    },
    all: space => valuesOf(prepare, space, {}),
    withNumberBetween: (space, attribute, from, to) =>
      prepare('select value from entries where space = ? and cast(json_extract(value, ?) as real) between ? and ?')
        .all(space, `$.${JSON.stringify(attribute)}.N`, from, to)
        .map(row => JSON.parse(row.value as string) as object),
    streamLog: openStreamLog(prepare),
    tokens: {
      get: (token, since) =>
        prepare('select used from tokens where token = ? and time > ?').get(token, since)?.used as string | undefined,
      set: (token, use, at) => void prepare('insert or replace into tokens values (?, ?, ?)').run(token, use, at),
    },
    close: () => database.close(),
  };
}

function openSpace(prepare: (sql: string) => StatementSync, name: string): Space {
  return {
    lock: (_key, run) => run(callback => callback),
    get(key, callback) {
      const row = prepare('select value from entries where space = ? and key = ?').get(name, key);
      callback(null, row === undefined ? undefined : (JSON.parse(row.value as string) as object));
    },
    put(key, value, callback) {
      prepare('insert into entries values (?, ?, ?) on conflict do update set value = excluded.value').run(
        name,
        key,
        JSON.stringify(value),
      );
      callback(null);
    },
    del(key, callback) {
      prepare('delete from entries where space = ? and key = ?').run(name, key);
      callback(null);
    },
    createValueStream: range => Readable.from(valuesOf(prepare, name, range)),
  };
}

const pageSize = 100;

/** Page by page, so that a reader who stops early has not paid for the rest. */
function* valuesOf(prepare: (sql: string) => StatementSync, space: string, range: Range): Generator<object> {
  let {gt, gte, lt, lte} = range;
  let left = range.limit === undefined || range.limit < 0 ? Number.POSITIVE_INFINITY : range.limit;
  while (left > 0) {
    const values: SQLInputValue[] = [space];
    let sql = 'select key, value from entries where space = ?';
    for (const [operator, bound] of [
      ['>', gt],
      ['>=', gte],
      ['<', lt],
      ['<=', lte],
    ] as const)
      if (bound !== undefined) {
        sql += ` and key ${operator} ?`;
        values.push(bound);
      }
    const page = Math.min(left, pageSize);
    const rows = prepare(`${sql} order by key ${range.reverse ? 'desc' : 'asc'} limit ?`).all(...values, page);
    for (const row of rows) yield JSON.parse(row.value as string) as object;
    if (rows.length < page) return;
    left -= rows.length;
    const last = rows.at(-1)!.key as string;
    if (range.reverse) {
      lt = last;
      lte = undefined;
    } else {
      gt = last;
      gte = undefined;
    }
  }
}
