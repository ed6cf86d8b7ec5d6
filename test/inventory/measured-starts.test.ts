import {describe, expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {GearError} from '../../src/errors.ts';
import {measureStarts, type QueryCost} from '../../src/inventory/account/measured-starts.ts';
import {startQueries} from '../../src/inventory/account/start-queries.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {LambdaFunction} from '../../src/model/lambda-function.ts';

const until = new Date('2026-11-22T00:00:00Z');
const since = new Date('2026-11-15T00:00:00Z');
const day = 86_400_000;

interface Sent {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const row = (fields: Readonly<Record<string, string | number>>) =>
  Object.entries(fields).map(([field, value]) => ({field, value: String(value)}));
const orders = row({
  '@log': '111122223333:/aws/lambda/orders',
  ownerName: '',
  memory: 512,
  invocations: 200,
  maxMemoryUsed: 140,
  inits: 4,
  initP50: 900.5,
  initP95: 1400.25,
  initMax: 1400.25,
  restores: 0,
});

function fn(name: string, more: Partial<LambdaFunction> = {}): LambdaFunction {
  return {name, logGroup: `/aws/lambda/${name}`, ...more} as LambdaFunction;
}

/** Logs Insights as `answer` has it; what it was sent is kept. */
async function measured(
  functions: readonly LambdaFunction[],
  {
    answer = () => ({status: 'Complete', results: [orders]}),
    groups = functions.map(({logGroup}) => ({logGroupName: String(logGroup), storedBytes: 1000, creationTime: 0})),
    signal = new AbortController().signal,
  }: {
    answer?: (sent: Sent, asked: number) => object;
    groups?: readonly object[] | Error;
    signal?: AbortSignal;
  } = {},
) {
  const sent: Sent[] = [];
  const costs: QueryCost[] = [];
  const client = {
    async send(command: {constructor: {name: string}; input: Record<string, unknown>}) {
      const call = {operation: command.constructor.name.replace(/Command$/, ''), input: command.input};
      sent.push(call);
      if (call.operation === 'StartQuery') return {queryId: `q${sent.length}`};
      return answer(call, sent.filter(({operation}) => operation === call.operation).length);
    },
  };
  const clients = new Proxy({}, {get: () => async () => client}) as AwsClients;
  const logGroups = async () => {
    if (groups instanceof Error) throw groups;
    return groups;
  };
  const onCost = (cost: QueryCost) => costs.push(cost);
  const inventory = {functions} as unknown as Inventory;
  const result = measureStarts(inventory, {clients, since, until, signal, logGroups, onCost});
  const starts = await result.then(
    ({functions: all}) => all.map(each => each.starts),
    error => error,
  );
  return {starts, sent, costs};
}

describe('a query', () => {
  test('is asked for until it is complete, and gives each function its own', async () => {
    const {starts, sent} = await measured([fn('orders'), fn('billing')], {
      answer: (_, asked) => (asked === 1 ? {status: 'Running'} : {status: 'Complete', results: [orders]}),
    });
    expect(starts).toEqual([
      {
        since: '2026-11-15T00:00:00.000Z',
        until: '2026-11-22T00:00:00.000Z',
        sizes: [
          {
            memory: 512,
            invocations: 200,
            maxMemoryUsed: 140,
            init: {count: 4, p50: 900.5, p95: 1400.25, max: 1400.25},
          },
        ],
      },
      expect.objectContaining({sizes: []}),
    ]);
    expect(sent.map(({operation}) => operation)).toEqual(['StartQuery', 'GetQueryResults', 'GetQueryResults']);
    expect(sent[0]!.input).toMatchObject({
      logGroupNames: ['/aws/lambda/billing', '/aws/lambda/orders'],
      startTime: since.getTime() / 1000,
      endTime: until.getTime() / 1000,
    });
  });

  test('of a log group that several functions share goes by the name in the stream', async () => {
    const shared = {logGroup: '/shop'};
    const of = (ownerName: string) =>
      row({'@log': '111122223333:/shop', ownerName, memory: 128, invocations: ownerName.length, inits: 0});
    const {starts} = await measured([fn('orders', shared), fn('billing', shared)], {
      answer: () => ({status: 'Complete', results: [of('billing'), of('orders'), of('gone')]}),
      groups: [{logGroupName: '/shop'}],
    });
    expect(starts).toMatchObject([{sizes: [{invocations: 6}]}, {sizes: [{invocations: 7}]}]);
  });

  test('says before what it will read', async () => {
    const {costs} = await measured([fn('orders'), fn('old'), fn('short')], {
      groups: [
        {logGroupName: '/aws/lambda/orders', storedBytes: 1000, creationTime: until.getTime() - 70 * day},
        {logGroupName: '/aws/lambda/old', storedBytes: 1000, creationTime: until.getTime() - 2 * day},
        {logGroupName: '/aws/lambda/short', storedBytes: 1000, creationTime: 0, retentionInDays: 14},
        {logGroupName: '/aws/lambda/of-nobody', storedBytes: 1e9, creationTime: 0},
      ],
    });
    expect(costs).toEqual([{groups: 3, bytes: 100 + 1000 + 500}]);
  });
});

describe('what could not be measured has a reason', () => {
  const reasonOf = (starts: unknown) => (starts as {reason?: string}[]).map(each => each?.reason);

  test.each(['Failed', 'Timeout', 'Cancelled', 'Unknown'])('when a query ends as %s', async status => {
    const {starts} = await measured([fn('orders')], {answer: () => ({status, results: [orders]})});
    expect(reasonOf(starts)).toEqual([`Logs Insights ended the query with the status ${status}`]);
  });

  test('when AWS refuses', async () => {
    const {starts, sent} = await measured([fn('orders')], {
      answer: ({operation}) => {
        if (operation === 'StopQuery') return {};
        throw Object.assign(new Error('not you'), {name: 'AccessDeniedException', $metadata: {httpStatusCode: 400}});
      },
    });
    expect(reasonOf(starts)).toEqual(['Could not measure cold starts: AccessDeniedException: not you']);
    expect(sent.at(-1)).toEqual({operation: 'StopQuery', input: {queryId: 'q1'}});
  });

  test('when the log groups are not known, the answer is cut, or reports are left out', async () => {
    const closed = new GearError('Could not list the log groups', {code: 'AWS_ERROR'});
    expect(reasonOf((await measured([fn('orders')], {groups: closed})).starts)).toEqual([closed.message]);
    const results = Array.from({length: 10_000}, () => orders);
    const cut = await measured([fn('orders')], {answer: () => ({status: 'Complete', results})});
    expect(reasonOf(cut.starts)).toEqual(['Logs Insights gave only the first 10000 rows']);
    const quiet = await measured([fn('orders', {systemLogLevel: 'WARN'})]);
    expect(reasonOf(quiet.starts)).toEqual(['the system log level WARN leaves out the reports of its invocations']);
    const groups = [{logGroupName: '/aws/lambda/orders', logGroupClass: 'DELIVERY'}];
    const {starts, sent} = await measured([fn('orders')], {groups});
    expect(reasonOf(starts)).toEqual(['Logs Insights reads no logs of class DELIVERY']);
    expect(sent).toEqual([]);
  });

  test('a bug is no reason', async () => {
    const {starts} = await measured([fn('orders')], {answer: () => ({status: 'Complete', results: [[null]]})});
    expect(starts).toBeInstanceOf(TypeError);
  });
});

test('^C stops the query, and the audit', async () => {
  const interrupt = new AbortController();
  const {starts, sent} = await measured([fn('orders')], {
    signal: interrupt.signal,
    answer: () => {
      interrupt.abort();
      return {status: 'Running'};
    },
  });
  expect(starts).toMatchObject({code: 'INTERRUPTED', exit: 130});
  expect(sent.map(({operation}) => operation)).toEqual(['StartQuery', 'GetQueryResults', 'StopQuery']);
});

describe('as few queries as AWS takes', () => {
  const names = (count: number, prefix = '/aws/lambda/', more = {}) =>
    Array.from({length: count}, (_, index) => ({logGroupName: `${prefix}f${String(index).padStart(4, '0')}`, ...more}));
  const shape = (groups: readonly object[]) =>
    startQueries(groups).map(({groups: own, logGroupNames, queryString}) =>
      logGroupNames === undefined ? `${own.length} by ${queryString.split('\n')[0]}` : own.length,
    );

  test.each([
    ['none', [], []],
    ['50 are named', names(50), [50]],
    [
      'more are one query',
      names(5000),
      ["5000 by SOURCE logGroups(namePrefix: ['/aws/lambda/'], class: ['STANDARD'])"],
    ],
    ['others are named', names(120, '/shop/'), [50, 50, 20]],
    [
      'both',
      [...names(51), ...names(3, '/shop/')],
      ["51 by SOURCE logGroups(namePrefix: ['/aws/lambda/'], class: ['STANDARD'])", 3],
    ],
    ['classes are apart', [...names(2), ...names(1, '/rare/', {logGroupClass: 'INFREQUENT_ACCESS'})], [2, 1]],
  ])('%s', (_, groups, expected) => {
    expect(shape(groups)).toEqual(expected);
  });
});
