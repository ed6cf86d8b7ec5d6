import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Retry, watchRetries} from '../../src/aws/watch-retries.ts';
import {answering} from '../flaky-aws/answering.ts';
import {type Fault, flakyWay} from '../flaky-aws/flaky-way.ts';
import {hastyClients} from '../flaky-aws/hasty-clients.ts';

const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret'};
let server: Awaited<ReturnType<typeof answering>>;
beforeAll(async () => {
  server = await answering();
});
afterAll(() => server.close());

/** What is told of the attempts when some of them fail; the call is made as often as `calls` says. */
async function toldOf(
  faultOf: (attempt: number) => Fault | undefined,
  {calls = 1, attempts = 8, endpoint = server.endpoint} = {},
) {
  const way = await flakyWay(endpoint, ({attempt}) => faultOf(attempt));
  const told: Retry[] = [];
  const hasty = hastyClients({endpoint, region: 'eu-central-1', credentials}, way, attempts);
  const client = await watchRetries(hasty, retry => told.push(retry)).cloudFormation();
  try {
    for (let call = 0; call < calls; call++) await client.describeStacks({}).catch(() => {});
    return told.map(({milliseconds, ...rest}) => {
      expect(milliseconds).toBeGreaterThanOrEqual(0);
      return rest;
    });
  } finally {
    way.close();
  }
}

test.each<[Fault, Retry['trouble']]>([
  ['throttled', 'throttled'],
  ['ill', 'unavailable'],
  ['answer lost', 'connection-lost'],
])('attempts that follow one that was %s are told with their reason: %s', async (fault, trouble) => {
  const call = {type: 'retrying', call: 'cloudformation:DescribeStacks', trouble};
  expect(await toldOf(attempt => (attempt < 3 ? fault : undefined))).toEqual([
    {...call, asked: 1},
    {...call, asked: 2},
  ]);
});

test('what is answered at once is not told, nor is the failure after which nobody asks again', async () => {
  expect(await toldOf(() => undefined, {calls: 2})).toEqual([]);
  expect(await toldOf(() => 'throttled', {attempts: 1})).toEqual([]);
});

test('a call that is made anew after it had failed for good counts on; an answer ends the count', async () => {
  const asked = (await toldOf(() => 'throttled', {calls: 2, attempts: 2})).map(retry => retry.asked);
  expect(asked).toEqual([1, 2, 3]);
  const answered = await toldOf(attempt => (attempt < 2 ? 'throttled' : undefined), {calls: 2});
  expect(answered.map(retry => retry.asked)).toEqual([1, 1]);
});

test('a refusal ends the count, too', async () => {
  const {endpoint, close} = await answering({refusing: true});
  const refused = await toldOf(attempt => (attempt < 2 ? 'throttled' : undefined), {calls: 2, endpoint});
  close();
  expect(refused.map(retry => retry.asked)).toEqual([1, 1]);
});
