import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openLogs, startLogs} from './log-groups.ts';

let logs: Awaited<ReturnType<typeof openLogs>>;
beforeEach(async () => {
  logs = await openLogs();
});
afterEach(() => logs.bench.close());

interface Page {
  readonly events: readonly {readonly message: string; readonly logStreamName?: string}[];
  readonly nextForwardToken: string;
  readonly nextBackwardToken: string;
  readonly nextToken?: string;
}

const messages = (page: Page) => page.events.map(event => event.message);
const get = (more: object = {}) =>
  logs.call<Page>('GetLogEvents', {logGroupName: '/orders', logStreamName: 'a', ...more});
const filter = (more: object = {}) => logs.call<Page>('FilterLogEvents', {logGroupName: '/orders', ...more});

describe('log events', () => {
  it('come page by page in both directions, and the token at the end stays the same', async () => {
    for (const message of ['1', '2', '3', '4', '5']) {
      await logs.put([message]);
      await logs.clock.advance(1000);
    }
    const last = await get({limit: 2});
    expect(messages(last)).toEqual(['4', '5']);
    expect(messages(await get({limit: 2, nextToken: last.nextBackwardToken}))).toEqual(['2', '3']);
    const first = await get({limit: 3, startFromHead: true});
    expect(messages(first)).toEqual(['1', '2', '3']);
    const second = await get({limit: 3, nextToken: first.nextForwardToken});
    expect(messages(second)).toEqual(['4', '5']);
    const end = await get({limit: 3, nextToken: second.nextForwardToken});
    expect(messages(end)).toEqual([]);
    expect(end.nextForwardToken).toBe(second.nextForwardToken);
    await logs.put(['6']);
    expect(messages(await get({nextToken: end.nextForwardToken}))).toEqual(['6']);
  });

  it('are filtered over all streams of a group, in the order of time', async () => {
    await logs.call('CreateLogStream', {logGroupName: '/orders', logStreamName: 'b'});
    const start = logs.clock.now();
    await logs.put(['ERROR 1', 'fine']);
    await logs.clock.advance(1000);
    await logs.put(['ERROR 2'], 'b');
    await logs.clock.advance(1000);
    await logs.put(['ERROR 3']);
    const first = await filter({filterPattern: 'ERROR', limit: 2});
    expect(first.events.map(({logStreamName, message}) => [logStreamName, message])).toEqual([
      ['a', 'ERROR 1'],
      ['b', 'ERROR 2'],
    ]);
    expect(messages(await filter({filterPattern: 'ERROR', nextToken: first.nextToken}))).toEqual(['ERROR 3']);
    expect(messages(await filter({logStreamNames: ['b']}))).toEqual(['ERROR 2']);
    expect(messages(await filter({startTime: start + 1, endTime: start + 1000}))).toEqual(['ERROR 2']);
  });

  it('are gone once their retention is over, on reading and from the disk', async () => {
    await logs.call('PutRetentionPolicy', {logGroupName: '/orders', retentionInDays: 1});
    await logs.put(['old']);
    await logs.clock.advance(86_399_000);
    await logs.put(['new']);
    expect(messages(await get())).toEqual(['old', 'new']);
    await logs.clock.advance(2000);
    expect(messages(await get())).toEqual(['new']);
    await logs.clock.advance(3_600_000);
    await logs.call('DeleteRetentionPolicy', {logGroupName: '/orders'});
    expect(messages(await get())).toEqual(['new']);
  });

  it('outlive the process', async () => {
    await logs.put(['kept']);
    logs.bench.services.get('logs')?.close?.();
    startLogs(logs.bench);
    expect(messages(await get())).toEqual(['kept']);
    expect(await logs.call('DescribeLogStreams', {logGroupName: '/orders'})).toMatchObject({
      logStreams: [{logStreamName: 'a', storedBytes: 30, lastEventTimestamp: logs.clock.now()}],
    });
  });

  it('of a deleted stream do not appear in a new one of its name', async () => {
    await logs.put(['old']);
    await logs.call('DeleteLogStream', {logGroupName: '/orders', logStreamName: 'a'});
    await logs.call('CreateLogStream', {logGroupName: '/orders', logStreamName: 'a'});
    expect(messages(await get())).toEqual([]);
  });

  it('of streams that share a name stay with their own group', async () => {
    await logs.put(['orders']);
    await logs.call('CreateLogGroup', {logGroupName: '/carts'});
    await logs.call('CreateLogStream', {logGroupName: '/carts', logStreamName: 'a'});
    expect(messages(await get({logGroupName: '/carts'}))).toEqual([]);
  });

  it('that are too old or too new are left out, and it is said which', async () => {
    const now = logs.clock.now();
    const old = now - 15 * 86_400_000;
    const put = (times: number[]) =>
      logs.call('PutLogEvents', {
        logGroupName: '/orders',
        logStreamName: 'a',
        logEvents: times.map(timestamp => ({timestamp, message: String(timestamp)})),
      });
    expect(await put([old, old])).toMatchObject({rejectedLogEventsInfo: {tooOldLogEventEndIndex: 2}});
    expect(await put([now, now + 7_300_000])).toMatchObject({rejectedLogEventsInfo: {tooNewLogEventStartIndex: 1}});
    expect(messages(await get())).toEqual([String(now)]);
    await expect(put([now, now - 1])).rejects.toMatchObject({code: 'InvalidParameterException'});
  });

  it.each([
    [
      'GetLogEvents',
      {logGroupName: '/none', logStreamName: 'a'},
      'ResourceNotFoundException',
      'The specified log group does not exist.',
    ],
    [
      'GetLogEvents',
      {logGroupName: '/orders', logStreamName: 'z'},
      'ResourceNotFoundException',
      'The specified log stream does not exist.',
    ],
    [
      'CreateLogGroup',
      {logGroupName: '/orders'},
      'ResourceAlreadyExistsException',
      'The specified log group already exists',
    ],
    [
      'CreateLogStream',
      {logGroupName: '/orders', logStreamName: 'a'},
      'ResourceAlreadyExistsException',
      'The specified log stream already exists',
    ],
    ['CreateLogGroup', {logGroupName: 'a b'}, 'InvalidParameterException', /logGroupName/],
    ['CreateLogStream', {logGroupName: '/orders', logStreamName: 'a:b'}, 'InvalidParameterException', /logStreamName/],
    [
      'PutRetentionPolicy',
      {logGroupName: '/orders', retentionInDays: 2},
      'InvalidParameterException',
      /retentionInDays/,
    ],
    ['FilterLogEvents', {}, 'InvalidParameterException', /logGroupName/],
  ])('%s refuses %o', async (operation, input, code, message) => {
    await expect(logs.call(operation, input)).rejects.toMatchObject({code, message: expect.stringMatching(message)});
  });
});

describe('log groups', () => {
  it('are described with both of their ARNs, and keep their tags', async () => {
    await logs.call('TagResource', {
      resourceArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/orders',
      tags: {team: 'shop', stage: 'dev'},
    });
    const resourceArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/orders:*';
    await logs.call('UntagResource', {resourceArn, tagKeys: ['stage']});
    expect(await logs.call('ListTagsForResource', {resourceArn})).toEqual({tags: {team: 'shop'}});
    expect(await logs.call('DescribeLogGroups', {logGroupNamePrefix: '/ord'})).toMatchObject({
      logGroups: [{logGroupName: '/orders', arn: resourceArn, logGroupArn: resourceArn.slice(0, -2)}],
    });
  });

  it('are deleted with all that is in them, unless they are protected', async () => {
    await logs.call('CreateLogGroup', {logGroupName: '/kept', deletionProtectionEnabled: true});
    await expect(logs.call('DeleteLogGroup', {logGroupName: '/kept'})).rejects.toMatchObject({
      code: 'ValidationException',
    });
    await logs.call('DeleteLogGroup', {logGroupName: '/orders'});
    await logs.call('CreateLogGroup', {logGroupName: '/orders'});
    expect(await logs.call('DescribeLogStreams', {logGroupName: '/orders'})).toEqual({logStreams: []});
  });
});

describe('permissions', () => {
  const group = 'arn:aws:logs:us-east-1:000000000000:log-group:/orders';
  it.each([
    [
      'PutLogEvents',
      {logGroupName: '/orders', logStreamName: 'a', logEvents: []},
      'logs:PutLogEvents',
      `${group}:log-stream:a`,
    ],
    ['CreateLogStream', {logGroupName: '/orders', logStreamName: 'a'}, 'logs:CreateLogStream', `${group}:log-stream:a`],
    ['CreateLogGroup', {logGroupName: '/orders'}, 'logs:CreateLogGroup', `${group}:log-stream:`],
    ['FilterLogEvents', {logGroupIdentifier: `${group}:*`}, 'logs:FilterLogEvents', `${group}:log-stream:`],
    ['TagResource', {resourceArn: `${group}:*`, tags: {}}, 'logs:TagResource', group],
    ['DescribeLogGroups', {}, 'logs:DescribeLogGroups', '*'],
  ])('%s of %o takes %s on %s', (name, input, action, resource) => {
    const operation = logs.bench.services.get('logs')!.operations.find(candidate => candidate.name === name)!;
    const requests = operation.permissions(input, logs.bench.context(), logs.bench.services.get('logs')!.store);
    expect(requests).toEqual([{action, resource}]);
  });
});
