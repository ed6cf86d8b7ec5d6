import {stripVTControlCharacters} from 'node:util';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import {showReading} from '../../src/cli/show-reading.ts';

beforeEach(() => void vi.useFakeTimers({toFake: ['setInterval', 'clearInterval', 'Date']}));
afterEach(() => void vi.useRealTimers());

/** A region of three functions, listed on two pages. */
async function reading(isTTY: boolean) {
  let written = '';
  const display = showReading({
    isTTY,
    columns: 80,
    rows: 24,
    write: (text: string) => {
      written += text;
      return true;
    },
  });
  const clients = awsClients({region: 'eu-central-1', credentials: {accessKeyId: 'none', secretAccessKey: 'none'}});
  const shown = display.wrap(clients, 'here');
  const answered = watchCalls(shown, async ({operation, input}) => {
    if (operation !== 'ListFunctions') return {$metadata: {}};
    return 'Marker' in input ? {Functions: [{}]} : {Functions: [{}, {}], NextMarker: 'more'};
  });
  const lambda = await answered.lambda();
  const said = () => stripVTControlCharacters(written).split('\n').slice(0, -1);
  return {display, lambda, said, raw: () => written};
}

test('a line is drawn again in place on a terminal, and gone at the end', async () => {
  const {display, lambda, said, raw} = await reading(true);
  await lambda.listFunctions({});
  vi.advanceTimersByTime(200);
  await lambda.listFunctions({Marker: 'more'});
  await lambda.getPolicy({FunctionName: 'a'});
  vi.advanceTimersByTime(200);
  expect(said()).toEqual(['here: 2 functions listed', 'here: 1 of 3 functions read']);
  display.end();
  expect(raw().endsWith('\u001B[1F\u001B[J')).toBe(true);
  vi.advanceTimersByTime(10_000);
  expect(said()).toHaveLength(2);
});

test('elsewhere a line comes every half minute, while something is read', async () => {
  const {display, lambda, said} = await reading(false);
  await lambda.listFunctions({});
  vi.advanceTimersByTime(29_000);
  expect(said()).toEqual([]);
  vi.advanceTimersByTime(31_000);
  expect(said()).toEqual(['here: 2 functions listed', 'here: 2 functions listed']);
  display.done('here');
  vi.advanceTimersByTime(60_000);
  expect(said()).toHaveLength(2);
  display.end();
});
