import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openLogs} from './log-groups.ts';

let logs: Awaited<ReturnType<typeof openLogs>>;
beforeEach(async () => {
  logs = await openLogs();
});
afterEach(() => logs.bench.close());

const putFilter = (transformation: object, filterPattern = '{ $.level = "ERROR" }') =>
  logs.call('PutMetricFilter', {
    logGroupName: '/orders',
    filterName: 'errors',
    filterPattern,
    metricTransformations: [{metricName: 'Errors', metricNamespace: 'Orders', metricValue: '1', ...transformation}],
  });
const seen = () => logs.samples.map(({dimensions, value}) => [dimensions, value]);

describe('metric filters', () => {
  it('make an observation of every event that matches', async () => {
    await putFilter({unit: 'Count'});
    await logs.put([{level: 'ERROR'}, {level: 'INFO'}, 'ERROR', {level: 'ERROR'}]);
    const sample = {
      namespace: 'Orders',
      metricName: 'Errors',
      dimensions: {},
      value: 1,
      unit: 'Count',
      time: logs.clock.now(),
    };
    expect(logs.samples).toEqual([sample, sample]);
  });

  it('take value and dimensions from the event, and pass over one that lacks them', async () => {
    await putFilter({metricValue: '$.latency', dimensions: {Route: '$.route'}});
    await logs.put([
      {level: 'ERROR', latency: 12, route: '/a'},
      {level: 'ERROR', latency: '7.5', route: '/b'},
      {level: 'ERROR', latency: 'slow', route: '/a'},
      {level: 'ERROR', latency: 3},
    ]);
    expect(seen()).toEqual([
      [{Route: '/a'}, 12],
      [{Route: '/b'}, 7.5],
    ]);
  });

  it('publish their default where nothing matched', async () => {
    await putFilter({defaultValue: 0});
    await logs.put(['fine', 'fine too']);
    expect(seen()).toEqual([[{}, 0]]);
  });

  it('are described, tested and deleted', async () => {
    await putFilter({});
    expect(await logs.call('DescribeMetricFilters', {metricName: 'Errors', metricNamespace: 'Orders'})).toMatchObject({
      metricFilters: [{filterName: 'errors', logGroupName: '/orders', creationTime: logs.clock.now()}],
    });
    expect(
      await logs.call('TestMetricFilter', {
        filterPattern: '{ $.level = "ERROR" }',
        logEventMessages: ['{"level":"INFO"}', '{"level":"ERROR"}'],
      }),
    ).toEqual({
      matches: [{eventNumber: 2, eventMessage: '{"level":"ERROR"}', extractedValues: {'$.level': 'ERROR'}}],
    });
    await logs.call('DeleteMetricFilter', {logGroupName: '/orders', filterName: 'errors'});
    await logs.put([{level: 'ERROR'}]);
    expect(logs.samples).toEqual([]);
  });

  it.each([
    [{metricValue: 'many'}, undefined, 'InvalidParameterException'],
    [{dimensions: {a: '$.a'}, defaultValue: 0}, undefined, 'InvalidParameterException'],
    [{}, '{ broken', 'InvalidParameterException'],
    [{}, '[a, b]', 'NotImplemented'],
  ])('refuse %o with pattern %s', async (transformation, pattern, code) => {
    await expect(putFilter(transformation, pattern)).rejects.toMatchObject({code});
  });
});

it('events and the metrics made of them are kept together or not at all', async () => {
  await putFilter({});
  logs.samples.push = () => {
    throw new Error('the disk is full');
  };
  await expect(logs.put([{level: 'ERROR'}])).rejects.toThrow('the disk is full');
  const stream = {logGroupName: '/orders', logStreamName: 'a'};
  expect(await logs.call('GetLogEvents', stream)).toMatchObject({events: []});
});

describe('the embedded metric format', () => {
  const embedded = (dimensions: string[][], more: object = {}) => ({
    _aws: {
      Timestamp: 1_767_225_600_000,
      CloudWatchMetrics: [{Namespace: 'Orders', Dimensions: dimensions, Metrics: [{Name: 'Stored', Unit: 'Count'}]}],
    },
    service: 'ingest',
    Stored: [1, 2],
    ...more,
  });

  it('becomes metrics, once for every set of dimensions', async () => {
    await logs.put([embedded([['service'], []])]);
    expect(seen()).toEqual([
      [{service: 'ingest'}, 1],
      [{service: 'ingest'}, 2],
      [{}, 1],
      [{}, 2],
    ]);
    expect(logs.samples[0]).toMatchObject({
      namespace: 'Orders',
      metricName: 'Stored',
      unit: 'Count',
      time: 1_767_225_600_000,
    });
  });

  it.each([
    ['a dimension without a value', embedded([['route']])],
    ['a metric that is no number', embedded([[]], {Stored: 'two'})],
    ['a line that is not quite in the format', {_aws: {CloudWatchMetrics: 'none'}}],
    [
      'dimensions that are no list',
      {_aws: {CloudWatchMetrics: [{Namespace: 'Orders', Dimensions: [null], Metrics: [{Name: 'Stored'}]}]}, Stored: 1},
    ],
    ['metrics that are none', {_aws: {CloudWatchMetrics: [null, {Namespace: 'Orders', Metrics: [null, {Name: {}}]}]}}],
  ])('passes over %s', async (_what, message) => {
    await logs.put([message]);
    expect(logs.samples).toEqual([]);
  });
});
