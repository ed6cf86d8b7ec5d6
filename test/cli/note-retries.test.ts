import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {noteRetries} from '../../src/cli/note-retries.ts';
import {answering} from '../flaky-aws/answering.ts';
import {type Fault, flakyWay} from '../flaky-aws/flaky-way.ts';
import {hastyClients} from '../flaky-aws/hasty-clients.ts';

beforeEach(() => void vi.useFakeTimers({toFake: ['performance']}));
afterEach(() => void vi.useRealTimers());

/** The lines for calls of which every attempt but the last fails, and takes as long as `seconds` says. */
async function noted({seconds, fault, attempts}: {seconds: number; fault: Fault; attempts: number}) {
  const server = await answering();
  const way = await flakyWay(server.endpoint, ({attempt}) => {
    vi.advanceTimersByTime(seconds * 1000);
    return attempt < attempts ? fault : undefined;
  });
  const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret'};
  const hasty = hastyClients({endpoint: server.endpoint, region: 'eu-central-1', credentials}, way, attempts);
  const lines: string[] = [];
  const events: object[] = [];
  const clients = noteRetries(
    hasty,
    line => lines.push(line),
    event => events.push(event),
  );
  try {
    await (await clients.cloudFormation()).describeStackEvents({StackName: 'orders'});
    return {lines, events: events.length};
  } finally {
    way.close();
    server.close();
  }
}

test('a line says why nothing moves once a call has failed for more than 2 s', async () => {
  expect(await noted({seconds: 1, fault: 'throttled', attempts: 5})).toEqual({
    lines: ['AWS throttles cloudformation:DescribeStackEvents. It was asked 3 times in 2.0 s; gear asks again.'],
    events: 4,
  });
});

test('what is over sooner is not worth a line, but an event', async () => {
  expect(await noted({seconds: 0.1, fault: 'throttled', attempts: 4})).toEqual({lines: [], events: 3});
});

test('while it goes on, there is a line every minute', async () => {
  const {lines} = await noted({seconds: 20, fault: 'answer lost', attempts: 8});
  expect(lines).toEqual([
    'The connection for cloudformation:DescribeStackEvents was lost. It was asked 2 times in 20.0 s; gear asks again.',
    'The connection for cloudformation:DescribeStackEvents was lost. It was asked 5 times in 1 min 20 s; gear asks again.',
  ]);
});
