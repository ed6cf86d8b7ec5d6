import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync, type StatementSync} from 'node:sqlite';

/** Where the embedded AWS keeps what must outlive its process. */
export interface State {
  /** Documents by key, held in memory and written through before `set` returns. */
  collection<T>(name: string): Collection<T>;
  /** An append-only list, on disk only. */
  journal<T>(name: string): Journal<T>;
  /** All or none: what `change` writes becomes durable together. `change` must not wait for anything. */
  transaction<T>(change: () => T): T;
  /** A folder for large bytes, made when first asked for. */
  folder(name: string): string;
  close(): void;
}

export interface Collection<T> {
  get(key: string): T | undefined;
  has(key: string): boolean;
  /** Stores the document; it must be plain JSON and is not to be changed afterwards. */
  set(key: string, value: T): void;
  delete(key: string): boolean;
  keys(): IterableIterator<string>;
  values(): IterableIterator<T>;
  entries(): IterableIterator<[string, T]>;
  readonly size: number;
}

export interface Journal<T> {
  /** `key` groups entries (a log stream, a role); `time` is in milliseconds. */
  append(key: string, time: number, entry: T): void;
  /** Entries in the order in which they were appended, oldest first. */
  read(filter?: {
    readonly key?: string;
    readonly from?: number;
    readonly to?: number;
    readonly after?: number;
    readonly limit?: number;
  }): JournalEntry<T>[];
  deleteKey(key: string): void;
  /** Deletes the key's entries whose time is earlier. */
  deleteBefore(key: string, time: number): void;
}

export interface JournalEntry<T> {
  /** Rises with every append; the `after` of the next read. */
  readonly sequence: number;
  readonly key: string;
  readonly time: number;
  readonly entry: T;
}

/**
 * SQLite in write-ahead mode: a committed write survives the death of the process (the page cache has it),
 * and costs no fsync. A checkpoint waits for the disk, so there is one every 32 MB of log and not every 4. `folder` is
 * made when missing.
 */
export function openState(folder: string): State {
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const database = new DatabaseSync(join(folder, 'state.sqlite'));
  database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 2000;
    pragma wal_autocheckpoint = 8000`);
  const collections = new Map<string, Collection<unknown>>();
  const journals = new Map<string, Journal<unknown>>();
  let transaction: Transaction | undefined;
  let closed = false;
  const define = (sql: string) => {
    database.exec(sql);
    transaction?.definitions.push(sql);
  };
  return {
    collection<T>(name: string) {
      let collection = collections.get(name);
      if (collection === undefined) {
        collection = openCollection(database, tableName('c', name), define, undo => transaction?.undo.push(undo));
        collections.set(name, collection);
      }
      return collection as Collection<T>;
    },
    journal<T>(name: string) {
      let journal = journals.get(name);
      if (journal === undefined) {
        journal = openJournal(database, tableName('j', name), define);
        journals.set(name, journal);
      }
      return journal as Journal<T>;
    },
    transaction(change) {
      if (transaction !== undefined) return change();
      database.exec('begin immediate');
      const own: Transaction = {undo: [], definitions: []};
      transaction = own;
      try {
        const result = change();
        database.exec('commit');
        return result;
      } catch (error) {
        rollBack(database);
        for (const undo of own.undo.reverse()) undo();
        // The rollback took away the tables of what was opened meanwhile, and those are still held by somebody.
        for (const sql of own.definitions) database.exec(sql);
        throw error;
      } finally {
        transaction = undefined;
      }
    },
    folder(name) {
      const path = join(folder, name);
      mkdirSync(path, {recursive: true, mode: 0o700});
      return path;
    },
    close() {
      if (!closed) database.close();
      closed = true;
    },
  };
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('rollback');
  } catch {
    // SQLite has already rolled back by itself what failed for want of space.
  }
}

interface Transaction {
  /** Brings the documents in memory back, last change first. */
  readonly undo: (() => void)[];
  readonly definitions: string[];
}

function tableName(kind: string, name: string): string {
  return `"${kind}_${name.replaceAll('"', '""')}"`;
}

function openCollection(
  database: DatabaseSync,
  table: string,
  define: (sql: string) => void,
  onUndo: (undo: () => void) => void,
): Collection<unknown> {
  define(`create table if not exists ${table} (key text primary key, value text not null) without rowid`);
  const upsert = database.prepare(
    `insert into ${table} values (?, ?) on conflict (key) do update set value = excluded.value`,
  );
  const remove = database.prepare(`delete from ${table} where key = ?`);
  const documents = new Map<string, unknown>();
  for (const row of database.prepare(`select key, value from ${table}`).iterate())
    documents.set(row.key as string, JSON.parse(row.value as string));
  const rememberForUndo = (key: string) => {
    const existed = documents.has(key);
    const before = documents.get(key);
    onUndo(() => (existed ? documents.set(key, before) : documents.delete(key)));
  };
  return {
    get: key => documents.get(key),
    has: key => documents.has(key),
    set(key, value) {
      upsert.run(key, JSON.stringify(value));
      rememberForUndo(key);
      documents.set(key, value);
    },
    delete(key) {
      if (!documents.has(key)) return false;
      remove.run(key);
      rememberForUndo(key);
      return documents.delete(key);
    },
    keys: () => documents.keys(),
    values: () => documents.values(),
    entries: () => documents.entries(),
    get size() {
      return documents.size;
    },
  };
}

function openJournal<T>(database: DatabaseSync, table: string, define: (sql: string) => void): Journal<T> {
  define(`create table if not exists ${table} (sequence integer primary key autoincrement, key text not null, time integer not null, entry text not null)`);
  define(`create index if not exists ${table.slice(0, -1)}_key" on ${table} (key, sequence)`);
  const insert = database.prepare(`insert into ${table} (key, time, entry) values (?, ?, ?)`);
  const remove = database.prepare(`delete from ${table} where key = ?`);
  const removeBefore = database.prepare(`delete from ${table} where key = ? and time < ?`);
  const prepared = new Map<string, StatementSync>();
  return {
    append: (key, time, entry) => void insert.run(key, time, JSON.stringify(entry)),
    read({key, from, to, after, limit} = {}) {
      const conditions: [string, string | number][] = [];
      if (key !== undefined) conditions.push(['key = ?', key]);
      if (from !== undefined) conditions.push(['time >= ?', from]);
      if (to !== undefined) conditions.push(['time < ?', to]);
      if (after !== undefined) conditions.push(['sequence > ?', after]);
      const where = conditions.length === 0 ? '' : ` where ${conditions.map(([text]) => text).join(' and ')}`;
      const sql = `select sequence, key, time, entry from ${table}${where} order by sequence limit ?`;
      let statement = prepared.get(sql);
      if (statement === undefined) {
        statement = database.prepare(sql);
        prepared.set(sql, statement);
      }
      return statement.all(...conditions.map(([, value]) => value), limit ?? -1).map(row => ({
        sequence: row.sequence as number,
        key: row.key as string,
        time: row.time as number,
        entry: JSON.parse(row.entry as string) as T,
      }));
    },
    deleteKey: key => void remove.run(key),
    deleteBefore: (key, time) => void removeBefore.run(key, time),
  };
}
