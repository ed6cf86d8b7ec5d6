import type {FunctionStarts} from '../../audit/audit.ts';
import type {StartsOfSize, StartTimes} from '../../model/measured-starts.ts';
import {duration} from '../units.ts';

export const startColumns = [
  'Function',
  'Memory',
  'Used at most',
  'Invocations',
  'Cold',
  'Start p50',
  'p95',
  'Longest',
] as const;

type StartsPaint = Readonly<Record<'bold' | 'dim', (text: string) => string>>;

/** A row for each function, kind of start and amount of memory, in the order of the columns. */
export function startRows(all: readonly FunctionStarts[]): readonly (readonly string[])[] {
  return all.flatMap(({function: name, starts}) =>
    starts.sizes.length === 0 ? [[name, '', '', '0']] : starts.sizes.flatMap(size => rowsOfSize(name, size)),
  );
}

/** The time over which it was measured: `since 2026-11-15`. */
export function startsSince(all: readonly FunctionStarts[]): string {
  const [first] = all.map(({starts}) => starts.since).sort();
  return first === undefined ? '' : ` since ${first.slice(0, 16).replace('T', ' ')} UTC`;
}

export function startsText(all: readonly FunctionStarts[], paint: StartsPaint): readonly string[] {
  if (all.length === 0) return [];
  const rows = [startColumns.map(name => name.toLowerCase()), ...startRows(all)];
  const widths = startColumns.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd());
  const [head = '', ...body] = lines;
  return [[`${paint.bold('MEASURED')} in the logs${startsSince(all)}:`, paint.dim(head), ...body].join('\n')];
}

function rowsOfSize(name: string, size: StartsOfSize): readonly (readonly string[])[] {
  const {memory, invocations, init, restore, maxMemoryUsed} = size;
  const kinds = [
    ...(init === undefined ? [] : [{times: init, words: ''}]),
    ...(restore === undefined ? [] : [{times: restore, words: ' restored'}]),
  ];
  const used = maxMemoryUsed === undefined ? '' : `${maxMemoryUsed} MB`;
  const own = [name, `${memory} MB`, used, String(invocations)];
  if (kinds.length === 0) return [[...own, '0']];
  return kinds.map(({times, words}) => [...own, `${coldShare(times, invocations)}${words}`, ...figures(times)]);
}

function coldShare({count}: StartTimes, invocations: number): string {
  return `${count} (${Math.round((count / invocations) * 1000) / 10} %)`;
}

function figures({p50, p95, max}: StartTimes): readonly string[] {
  return [p50, p95, max].map(duration);
}
