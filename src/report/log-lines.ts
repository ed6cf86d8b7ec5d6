import {asText} from '../model/as-text.ts';
import {isObject} from '../model/is-object.ts';
import type {LogEntry} from '../recovery/log-entry.ts';

interface LogPaint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

interface LogLine {
  readonly group: string;
  readonly time: number;
}

/**
 * A line for people: time, level, message, then the other members; with the group where lines of several are mixed.
 * What a logger repeats in every line of a function is left out; with --json it is there.
 */
export function logLineText(
  {group, time}: LogLine,
  entry: LogEntry,
  {withGroup, paint}: {readonly withGroup: boolean; readonly paint: LogPaint},
): string {
  const when = paint.dim(new Date(time).toISOString());
  return [when, ...(withGroup ? [paint.cyan(group)] : []), entryText(entry, paint)].join(' ');
}

const repeated = new Set([
  'service',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'sampling_rate',
  'xray_trace_id',
]);

export function entryText(entry: LogEntry, paint: LogPaint): string {
  if (entry.kind === 'platform') return entry.failed ? paint.red(entry.text) : paint.dim(entry.text);
  if (entry.kind === 'metrics') return paint.dim(`metrics ${entry.values.join(', ')} (${entry.namespace})`);
  const {level, message, members, requestId} = entry;
  const [inLine, below] = membersText(members);
  const line = [
    ...(level === undefined ? [] : [levelText(level, paint)]),
    message,
    ...inLine.map(text => paint.dim(text)),
    ...(requestId === undefined ? [] : [paint.dim(`request=${requestId}`)]),
  ].join(' ');
  return [line, ...below.map(text => paint.dim(text))].join('\n');
}

/** A stack trace stands below its line, as one reads it. */
function membersText(members: Readonly<Record<string, unknown>>): [inLine: string[], below: string[]] {
  const inLine: string[] = [];
  const below: string[] = [];
  for (const [name, value] of Object.entries(members)) {
    if (repeated.has(name)) continue;
    const stack = stackOf(name, value);
    if (stack !== undefined) below.push(...stack.map(line => `    ${line.trim()}`));
    if (stack === undefined || !isStackName(name)) inLine.push(`${name}=${valueText(withoutStack(value))}`);
  }
  return [inLine, below];
}

function isStackName(name: string): boolean {
  return ['stack', 'stackTrace', 'trace', 'stack_trace', 'exception'].includes(name);
}

function stackOf(name: string, value: unknown): readonly string[] | undefined {
  if (isStackName(name)) {
    if (typeof value === 'string') return value.split('\n');
    if (Array.isArray(value)) return value.map(asText).flatMap(text => text.trimEnd().split('\n'));
  }
  if (!isObject(value)) return undefined;
  const found = Object.entries(value).find(([inner]) => isStackName(inner));
  return found === undefined ? undefined : stackOf(...found);
}

function withoutStack(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !isStackName(name)));
}

function valueText(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

function levelText(level: string, paint: LogPaint): string {
  const text = level.padEnd(5);
  if (['ERROR', 'FATAL', 'CRITICAL'].includes(level)) return paint.red(text);
  return level.startsWith('WARN') ? paint.yellow(text) : text;
}
