import type {StatementSync} from 'node:sqlite';
import type {StoredRecord} from './stream-record.ts';

/**
 * The records of all streams in one rising sequence, in the database of the items: a record is written in the
 * transaction that changes its item.
 */
export interface StreamLog {
  append(streamArn: string, time: number, record: StoredRecord): void;
  /** Records behind a position that are not trimmed, oldest first. */
  read(streamArn: string, after: number, options: {readonly horizon: number; readonly limit: number}): LoggedRecord[];
  /** The number of the newest record of a stream that is older than the horizon; 0 when none is. */
  trimmedUpTo(streamArn: string, horizon: number): number;
  /** The number that was given last, whichever stream it was for. */
  last(): number;
  /** Deletes what is older than the horizon, but for the newest of it in each stream: that says how far it was trimmed. */
  trim(horizon: number): void;
  drop(streamArn: string): void;
}

export interface LoggedRecord {
  readonly sequence: number;
  readonly record: StoredRecord;
}

export const streamLogSchema = `
  create table if not exists stream_records (sequence integer primary key autoincrement, stream text not null, time integer not null, record text not null);
  create index if not exists stream_records_stream on stream_records (stream, sequence)`;

export function openStreamLog(prepare: (sql: string) => StatementSync): StreamLog {
  return {
    append: (stream, time, record) =>
      void prepare('insert into stream_records (stream, time, record) values (?, ?, ?)').run(
        stream,
        time,
        JSON.stringify(record),
      ),
    read: (stream, after, {horizon, limit}) =>
      prepare(
        'select sequence, record from stream_records where stream = ? and sequence > ? and time >= ? order by sequence limit ?',
      )
        .all(stream, after, horizon, limit)
        .map(row => ({sequence: Number(row.sequence), record: JSON.parse(row.record as string) as StoredRecord})),
    trimmedUpTo: (stream, horizon) =>
      Number(
        prepare('select max(sequence) as newest from stream_records where stream = ? and time < ?').get(stream, horizon)
          ?.newest ?? 0,
      ),
    last: () => Number(prepare(`select seq from sqlite_sequence where name = 'stream_records'`).get()?.seq ?? 0),
    trim: horizon =>
      void prepare(
        `delete from stream_records where time < ?1 and sequence < (
          select max(sequence) from stream_records newest where newest.stream = stream_records.stream and newest.time < ?1)`,
      ).run(horizon),
    drop: stream => void prepare('delete from stream_records where stream = ?').run(stream),
  };
}
