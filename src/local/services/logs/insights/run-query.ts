import {randomUUID} from 'node:crypto';
import type {LogsStore} from '../store.ts';
import type {EndedQuery} from './ended-query.ts';
import {fieldsOf} from './event-fields.ts';
import type {Row} from './expression.ts';
import type {InsightsQuery} from './parse-query.ts';

interface Span {
  /** Epoch seconds, the last one included. */
  readonly startTime: number;
  readonly endTime: number;
}

export function runQuery(
  {commands}: InsightsQuery,
  groups: readonly string[],
  {startTime, endTime, limit}: Span & {readonly limit: number},
  store: LogsStore,
): EndedQuery {
  const events = groups.flatMap(name => {
    const group = store.group(name);
    const log = `${store.account}:${name}`;
    return store
      .read(group, store.streamsOf(name), startTime * 1000, (endTime + 1) * 1000)
      .map(event => ({row: fieldsOf(event, log), bytes: Buffer.byteLength(event.message)}));
  });
  const rowsBefore = commands.slice(0, -1).reduce<readonly Row[]>(
    (rows, command) => command(rows),
    events.map(({row}) => row),
  );
  const rows = commands.at(-1)!(rowsBefore);
  return {
    id: randomUUID(),
    startedAt: store.clock.now(),
    groups,
    results: rows
      .slice(0, limit)
      .map(row => [...row].flatMap(([field, value]) => (value === undefined ? [] : [{field, value: String(value)}]))),
    statistics: {
      recordsMatched: rowsBefore.length,
      recordsScanned: events.length,
      bytesScanned: events.reduce((sum, {bytes}) => sum + bytes, 0),
    },
  };
}
