import type {LogGroup} from '@aws-sdk/client-cloudwatch-logs';
import type {AwsClients} from '../../aws/clients.ts';
import {GearError} from '../../errors.ts';
import type {Inventory} from '../../model/inventory.ts';
import type {LambdaFunction} from '../../model/lambda-function.ts';
import type {StartsOfSize, StartTimes} from '../../model/measured-starts.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import {inBatches} from './in-batches.ts';
import {type QuerySpan, runQuery} from './run-query.ts';
import {type StartRow, startQueries} from './start-queries.ts';

interface MeasureOptions extends QuerySpan {
  /** Pages of DescribeLogGroups, which the reading of the account has asked for before. */
  logGroups(): Promise<readonly LogGroup[]>;
  readonly clients: AwsClients;
  readonly signal: AbortSignal;
  /** Told before anything is read that costs. */
  onCost(cost: QueryCost): void;
}

export interface QueryCost {
  readonly groups: number;
  /** What there is to be read, if each group was written evenly since it was made. */
  readonly bytes: number;
}

/** The same functions, each with how it started; one whose log could not be read says why. */
export async function measureStarts(inventory: Inventory, options: MeasureOptions): Promise<Inventory> {
  const {clients, signal, since, until, onCost} = options;
  const groups = await options.logGroups().catch(asReason);
  if (typeof groups === 'string') return withStarts(inventory, () => unresolved('cold starts', groups));
  const owners = Map.groupBy(inventory.functions, ({logGroup}) => logGroup);
  const own = groups.filter(({logGroupName}) => owners.has(logGroupName ?? ''));
  const queries = startQueries(own);
  if (queries.length > 0) onCost({groups: own.length, bytes: bytesToRead(own, options)});
  const failures = new Map<string, string>();
  const rows = await inBatches(queries, async query => {
    try {
      return await runQuery(clients, query, {since, until}, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const reason = asReason(error);
      for (const group of query.groups) failures.set(group, reason);
      return [];
    }
  });
  const queried = new Set(queries.flatMap(query => query.groups));
  for (const {logGroupName = '', logGroupClass} of own)
    if (!queried.has(logGroupName)) failures.set(logGroupName, `Logs Insights reads no logs of class ${logGroupClass}`);
  const rowsOf = Map.groupBy(rows.flat(), row => ownerOf(row, owners));
  return withStarts(inventory, fn => {
    const failed = isUnresolved(fn.logGroup) ? fn.logGroup.reason : failures.get(fn.logGroup);
    if (failed !== undefined) return unresolved('cold starts', failed);
    return (rowsOf.get(fn) ?? []).flatMap(sizeOf).sort((a, b) => a.memory - b.memory);
  });

  function withStarts(whole: Inventory, sizesOf: (fn: LambdaFunction) => Resolvable<readonly StartsOfSize[]>) {
    const functions = whole.functions.map(fn => {
      const sizes = fn.systemLogLevel === 'WARN' ? hidden : sizesOf(fn);
      const span = {since: since.toISOString(), until: until.toISOString()};
      return {...fn, starts: isUnresolved(sizes) ? sizes : {...span, sizes}};
    });
    return {...whole, functions};
  }
}

const hidden = unresolved('cold starts', 'the system log level WARN leaves out the reports of its invocations');

/** Anything but an answer of AWS is a bug and may not end as a note in a report. */
function asReason(error: unknown): string {
  if (!(error instanceof GearError)) throw error;
  return error.message;
}

function bytesToRead(groups: readonly LogGroup[], {since, until}: QuerySpan): number {
  const span = until.getTime() - since.getTime();
  return groups.reduce((sum, {storedBytes = 0, creationTime = 0, retentionInDays}) => {
    const age = Math.min(until.getTime() - creationTime, (retentionInDays ?? Number.POSITIVE_INFINITY) * 86_400_000);
    return sum + storedBytes * Math.min(1, span / Math.max(age, 1));
  }, 0);
}

/** `@log` is `111122223333:/aws/lambda/orders`. A log group of several functions names each in its streams. */
function ownerOf(
  {'@log': log = '', ownerName = ''}: StartRow,
  owners: ReadonlyMap<unknown, readonly LambdaFunction[]>,
): LambdaFunction | undefined {
  const group = log.slice(log.indexOf(':') + 1);
  const candidates = owners.get(group) ?? [];
  return candidates.find(({name}) => (ownerName === '' ? group === `/aws/lambda/${name}` : ownerName === name));
}

function sizeOf(row: StartRow): readonly StartsOfSize[] {
  const memory = Number(row.memory);
  if (!(memory > 0)) return [];
  const used = Number(row.maxMemoryUsed);
  const init = timesOf(row, 'inits', 'init');
  const restore = timesOf(row, 'restores', 'restore');
  return [
    {
      memory,
      invocations: Number(row.invocations),
      ...(init === undefined ? {} : {init}),
      ...(restore === undefined ? {} : {restore}),
      ...(used > 0 ? {maxMemoryUsed: used} : {}),
    },
  ];
}

function timesOf(row: StartRow, counted: string, name: 'init' | 'restore'): StartTimes | undefined {
  const count = Number(row[counted] ?? 0);
  if (count === 0) return undefined;
  return {count, p50: Number(row[`${name}P50`]), p95: Number(row[`${name}P95`]), max: Number(row[`${name}Max`])};
}
