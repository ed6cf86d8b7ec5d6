import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startsQuery} from '../../../../src/inventory/account/start-queries.ts';
import {type Bench, openBench} from '../../harness.ts';
import {type EchoCloud, startEchoCloud} from '../../wire/echo-cloud.ts';
import {startLogs} from './log-groups.ts';

let bench: Bench;
let cloud: EchoCloud;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  bench = openBench();
  cloud = await startEchoCloud([startLogs(bench)]);
  client = new CloudWatchLogsClient(cloud.client);
  for (const [group, messages] of Object.entries(logs)) {
    const logGroupName = group.split(' ')[0]!;
    const logStreamName = group.split(' ')[1] ?? '2026/11/21/[$LATEST]0f3c';
    await client.send(new CreateLogGroupCommand({logGroupName})).catch(() => {});
    await client.send(new CreateLogStreamCommand({logGroupName, logStreamName}));
    const logEvents = messages.map(message => ({timestamp: now, message}));
    await client.send(new PutLogEventsCommand({logGroupName, logStreamName, logEvents}));
  }
});
afterAll(async () => {
  client.destroy();
  await cloud.close();
  await bench.close();
});

const now = Date.now();
const report = (rest: string, memory = 128) =>
  `REPORT RequestId: 3f1c\tDuration: 12.00 ms\tBilled Duration: 12 ms\tMemory Size: ${memory} MB\tMax Memory Used: 80 MB${rest}`;
const jsonReport = (metrics: object) =>
  JSON.stringify({time: '2026-11-21T08:00:00Z', type: 'platform.report', record: {requestId: '3f1c', metrics}});

const logs: Readonly<Record<string, readonly string[]>> = {
  '/aws/lambda/orders': [
    'INIT_START Runtime Version: nodejs:24.1.0',
    'REPORT of the day',
    ...[100, 300, 200].map(time => report(`\tInit Duration: ${time}.50 ms`)),
    report(''),
    report('\tInit Duration: 90.00 ms', 512),
  ],
  '/aws/lambda/restored': [report('\tRestore Duration: 412.10 ms\tBilled Restore Duration: 8 ms'), report('')],
  '/shop 2026/11/21/billing[$LATEST]0f3c': [
    jsonReport({durationMs: 3.1, memorySizeMB: 256, maxMemoryUsedMB: 91, initDurationMs: 210.4}),
    jsonReport({durationMs: 3.1, memorySizeMB: 256, maxMemoryUsedMB: 95}),
    '{"level": "INFO", "message": "Init Duration: 9 ms"}',
  ],
  '/shop 2026/11/21/parcels[$LATEST]0f3c': [
    jsonReport({durationMs: 9, memorySizeMB: 256, maxMemoryUsedMB: 70, restoreDurationMs: 333}),
  ],
};

async function ask(queryString: string, more: object = {logGroupNames: ['/aws/lambda/orders']}) {
  const span = {startTime: Math.floor(now / 1000) - 60, endTime: Math.floor(now / 1000) + 60};
  const {queryId} = await client.send(new StartQueryCommand({...span, queryString, ...more}));
  const answer = await client.send(new GetQueryResultsCommand({queryId}));
  const rows = (answer.results ?? []).map(row => Object.fromEntries(row.map(({field, value}) => [field, value])));
  return {...answer, rows, queryId};
}

describe('the query for cold starts', () => {
  test('counts reports in text and in JSON, by log group, function and memory', async () => {
    const {rows, status, statistics} = await ask(startsQuery, {
      logGroupNames: ['/aws/lambda/orders', '/aws/lambda/restored', '/shop'],
    });
    expect(status).toBe('Complete');
    expect(statistics).toMatchObject({recordsScanned: 13, recordsMatched: 10});
    const shown = rows.map(row => [row['@log']!.replace(/^\d+:/, ''), row.ownerName, row.memory, row.invocations]);
    expect(shown).toEqual([
      ['/aws/lambda/orders', '', '128', '4'],
      ['/aws/lambda/orders', '', '512', '1'],
      ['/aws/lambda/restored', '', '128', '2'],
      ['/shop', 'billing', '256', '2'],
      ['/shop', 'parcels', '256', '1'],
    ]);
    expect(rows[0]).toMatchObject({inits: '3', initP50: '200.5', initP95: '300.5', initMax: '300.5', restores: '0'});
    expect(rows[0]).not.toHaveProperty('restoreP50');
    expect(rows[2]).toMatchObject({inits: '0', restores: '1', restoreP95: '412.1', maxMemoryUsed: '80'});
    expect(rows[3]).toMatchObject({inits: '1', initMax: '210.4', maxMemoryUsed: '95'});
    expect(rows[4]).toMatchObject({restores: '1', restoreMax: '333'});
  });

  test('finds its log groups by their prefix', async () => {
    const {rows} = await ask(
      `SOURCE logGroups(namePrefix: ['/aws/lambda/'], class: ['STANDARD'])\n| ${startsQuery}`,
      {},
    );
    expect(new Set(rows.map(row => row['@log']!.split(':')[1]))).toEqual(
      new Set(['/aws/lambda/orders', '/aws/lambda/restored']),
    );
  });
});

test.each([
  ['stats count(*)', [{'count(*)': '7'}]],
  ['stats count() as n', [{n: '7'}]],
  ['filter @message like "INIT_START" | stats count(*) as n', [{n: '1'}]],
  ['filter not (@message like /REPORT/) | stats count(*) as n', [{n: '1'}]],
  ['filter ispresent(type) and 1 = 1 | stats count(*) as n, max(type)', [{n: '0'}]],
  [
    'parse @message /Init Duration: (?<init>[0-9.]+)/ | filter init >= 200.5 | stats min(init), avg(init), sum(init)',
    [{'min(init)': '200.5', 'avg(init)': '250.5', 'sum(init)': '501'}],
  ],
  ['filter @message like /nothing/ | stats count(*) by @logStream', []],
])('%s', async (query, expected) => {
  expect((await ask(query)).rows).toEqual(expected);
});

test.each([
  ['fields @message', /queries of CloudWatch Logs Insights without stats/],
  ['stats count(*) | sort @timestamp', /the command sort of CloudWatch Logs Insights/],
  ['stats count(*) | stats max(n)', /commands after stats/],
  ['stats stddev(x)', /the statistic stddev/],
  ['stats toString(x)', /the statistic toString/],
  ['constructor x | stats count(*)', /the command constructor/],
  ['stats count(*) by bin(5m)', /MalformedQuery|malformed/],
  ['stats count(*) by upper(x)', /the function upper/],
  ['parse @message "* *" as a, b | stats count(*)', /parse with a glob/],
  ["SOURCE logGroups(accountIdentifiers: ['111122223333']) | stats count(*)", /SOURCE with accountIdentifiers/],
  ['filter @message like /(/ | stats count(*)', /no regular expression/],
  ['filter | stats count(*)', /it ends too early/],
  ['filter a = 1 2 | stats count(*)', /unexpected symbol found: 2/],
  ['filter a + 1 = 2 | stats count(*)', /unexpected symbol found at \+/],
])('refuses %s', async (query, message) => {
  await expect(ask(query, query.startsWith('SOURCE') ? {} : undefined)).rejects.toThrow(message);
});

test('a query needs log groups that exist, from one place', async () => {
  await expect(ask('stats count(*)', {logGroupNames: ['/nobody']})).rejects.toThrow(/does not exist/);
  await expect(ask('stats count(*)', {})).rejects.toThrow(/Exactly one of logGroupName/);
});

test('the answer stays, and there is nothing to stop any more', async () => {
  const {queryId, rows} = await ask('stats count(*)');
  const again = await client.send(new GetQueryResultsCommand({queryId}));
  expect(again.results).toHaveLength(rows.length);
  await expect(client.send(new StopQueryCommand({queryId}))).rejects.toThrow(/not running/);
  await expect(client.send(new GetQueryResultsCommand({queryId: 'none'}))).rejects.toThrow(/does not exist/);
  expect(cloud.bugs).toEqual([]);
});
