import {setTimeout as sleep} from 'node:timers/promises';
import type {CloudWatchLogs, FilteredLogEvent} from '@aws-sdk/client-cloudwatch-logs';

export interface LogLine {
  readonly group: string;
  readonly stream: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly message: string;
}

export interface ReadLogsOptions {
  readonly logs: Pick<CloudWatchLogs, 'describeLogGroups' | 'filterLogEvents'>;
  /** All groups there are unless said. */
  readonly group?: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** A filter pattern of CloudWatch Logs. */
  readonly pattern?: string;
  /** Goes on with what is logged from now on, until the signal. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
  /** Between two looks when following. */
  readonly pollMilliseconds?: number;
}

/** Lines of log groups in the order of their times. */
export async function* readLogs(options: ReadLogsOptions): AsyncGenerator<LogLine, void, undefined> {
  const seen = new Map<string, Set<string>>();
  const begin = new Map<string, number>();
  for (;;) {
    const lines: LogLine[] = [];
    // Asked for again each time: a function's group may only come with its first line.
    for (const group of await groupsOf(options)) {
      const known = seen.get(group) ?? new Set();
      const events = await eventsOf(group, begin.get(group) ?? options.since, options);
      const fresh = events.filter(({eventId}) => !known.has(eventId!));
      lines.push(...fresh.map(event => lineOf(group, event)));
      const last = Math.max(begin.get(group) ?? options.since, ...fresh.map(({timestamp}) => timestamp!));
      begin.set(group, last);
      // Others may come with the time of the last one, and that one will come again.
      seen.set(group, new Set(events.filter(({timestamp}) => timestamp! >= last).map(({eventId}) => eventId!)));
    }
    yield* lines.sort((a, b) => a.time - b.time);
    if (!options.follow) return;
    await sleep(options.pollMilliseconds ?? 400, undefined, {signal: options.signal}).catch(() => {});
    if (options.signal.aborted) return;
  }
}

async function groupsOf({logs, group}: ReadLogsOptions): Promise<string[]> {
  if (group !== undefined) return [group];
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.describeLogGroups({nextToken});
    names.push(...(page.logGroups ?? []).map(({logGroupName}) => logGroupName!));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return names;
}

async function eventsOf(
  group: string,
  startTime: number,
  {logs, pattern}: ReadLogsOptions,
): Promise<FilteredLogEvent[]> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.filterLogEvents({logGroupName: group, startTime, filterPattern: pattern, nextToken});
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

function lineOf(group: string, {logStreamName, timestamp, message}: FilteredLogEvent): LogLine {
  return {group, stream: logStreamName!, time: timestamp!, message: (message ?? '').trimEnd()};
}
