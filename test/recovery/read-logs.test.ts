import {describe, expect, it} from 'vitest';
import {type LogLine, type ReadLogsOptions, readLogs} from '../../src/recovery/read-logs.ts';

interface Event {
  readonly eventId: string;
  readonly timestamp: number;
  readonly message: string;
  readonly logStreamName: string;
}

const event = (timestamp: number, message: string): Event => ({
  eventId: `${timestamp} ${message}`,
  timestamp,
  message: `${message}\n`,
  logStreamName: 'stream',
});

/** CloudWatch Logs with these groups, two events on a page. */
function fakeLogs(groups: Record<string, Event[]>): ReadLogsOptions['logs'] {
  // Two operations of a client, in the one form of several that is used.
  return {
    describeLogGroups: async () => ({logGroups: Object.keys(groups).map(logGroupName => ({logGroupName}))}),
    filterLogEvents: async ({logGroupName = '', startTime = 0, nextToken = '0'}) => {
      const events = (groups[logGroupName] ?? []).filter(({timestamp}) => timestamp >= startTime);
      const end = Number(nextToken) + 2;
      return {events: events.slice(Number(nextToken), end), nextToken: end < events.length ? String(end) : undefined};
    },
  } as ReadLogsOptions['logs'];
}

async function collect(lines: AsyncIterable<LogLine>, until = Number.POSITIVE_INFINITY): Promise<string[]> {
  const messages: string[] = [];
  for await (const {message} of lines) if (messages.push(message) >= until) break;
  return messages;
}

const {signal} = new AbortController();

describe('lines of log groups', () => {
  it('come from all pages, those of several groups in order of time', async () => {
    const logs = fakeLogs({a: [event(1, 'a1'), event(3, 'a3'), event(5, 'a5')], b: [event(2, 'b2'), event(4, 'b4')]});
    expect(await collect(readLogs({logs, since: 0, follow: false, signal}))).toEqual(['a1', 'b2', 'a3', 'b4', 'a5']);
    expect(await collect(readLogs({logs, group: 'a', since: 2, follow: false, signal}))).toEqual(['a3', 'a5']);
  });

  it('come once each when they are followed, also those with the time of the last one', async () => {
    const groups: Record<string, Event[]> = {a: [event(1, 'one'), event(2, 'two')]};
    const lines = readLogs({logs: fakeLogs(groups), since: 0, follow: true, pollMilliseconds: 1, signal});
    expect([(await lines.next()).value, (await lines.next()).value].map(line => line?.message)).toEqual(['one', 'two']);
    groups.a!.push(event(2, 'also two'), event(3, 'three'));
    groups.b = [event(4, 'a new group')];
    expect(await collect(lines, 3)).toEqual(['also two', 'three', 'a new group']);
  });

  it('end when they are not wanted any more', async () => {
    const abort = new AbortController();
    const lines = readLogs({logs: fakeLogs({a: []}), since: 0, follow: true, signal: abort.signal});
    const next = lines.next();
    abort.abort();
    expect(await next).toEqual({done: true, value: undefined});
  });
});
