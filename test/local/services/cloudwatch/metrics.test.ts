import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openCloudwatch} from './metrics-bench.ts';

let cloudwatch: ReturnType<typeof openCloudwatch>;
beforeEach(() => {
  cloudwatch = openCloudwatch();
});
afterEach(() => cloudwatch.bench.close());

const failed = {Namespace: 'Orders', MetricName: 'Failed'};
const statistics = (more: object = {}) =>
  cloudwatch.call<{Datapoints: object[]}>('GetMetricStatistics', {
    ...failed,
    StartTime: new Date('2026-01-01T00:00:00Z'),
    EndTime: new Date('2026-01-01T01:00:00Z'),
    Period: 60,
    Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
    ...more,
  });

describe('metrics', () => {
  it('are put together by the period of the clock', async () => {
    cloudwatch.record(1);
    cloudwatch.record(4);
    await cloudwatch.clock.advance(60_000);
    cloudwatch.record(7);
    const {Datapoints} = await statistics();
    expect(Datapoints).toEqual([
      {
        Timestamp: new Date('2026-01-01T00:00:00Z'),
        SampleCount: 2,
        Sum: 5,
        Average: 2.5,
        Minimum: 1,
        Maximum: 4,
        Unit: 'Count',
      },
      {
        Timestamp: new Date('2026-01-01T00:01:00Z'),
        SampleCount: 1,
        Sum: 7,
        Average: 7,
        Minimum: 7,
        Maximum: 7,
        Unit: 'Count',
      },
    ]);
    expect((await statistics({Period: 300})).Datapoints).toMatchObject([{Sum: 12}]);
  });

  it('come as values with counts and as statistic sets too', async () => {
    await cloudwatch.call('PutMetricData', {
      Namespace: 'Orders',
      MetricData: [
        {MetricName: 'Failed', Values: [1, 10], Counts: [3, 1]},
        {MetricName: 'Failed', StatisticValues: {SampleCount: 2, Sum: 30, Minimum: 5, Maximum: 25}},
      ],
    });
    expect((await statistics()).Datapoints).toMatchObject([{SampleCount: 6, Sum: 43, Minimum: 1, Maximum: 25}]);
  });

  it.each([
    ['p50', 50],
    ['p99', 99],
    ['p99.9', 100],
    ['p100', 100],
  ])('have percentiles: %s of 1 to 100 is %d', async (statistic, expected) => {
    for (let value = 1; value <= 100; value++) cloudwatch.record(value);
    const {Datapoints} = await statistics({Statistics: [], ExtendedStatistics: [statistic]});
    expect(Datapoints).toMatchObject([{ExtendedStatistics: {[statistic]: expected}}]);
  });

  it('with other dimensions are other metrics', async () => {
    cloudwatch.record(1, {route: '/a'});
    cloudwatch.record(2, {route: '/b'});
    expect((await statistics()).Datapoints).toEqual([]);
    const Dimensions = [{Name: 'route', Value: '/b'}];
    expect((await statistics({Dimensions})).Datapoints).toMatchObject([{Sum: 2}]);
    expect(await cloudwatch.call('ListMetrics', {Namespace: 'Orders', Dimensions})).toEqual({
      Metrics: [{...failed, Dimensions}],
    });
  });

  it('answer many questions at once, newest first', async () => {
    cloudwatch.record(1);
    await cloudwatch.clock.advance(60_000);
    cloudwatch.record(7);
    const MetricStat = {Metric: failed, Period: 60, Stat: 'Sum'};
    const answer = await cloudwatch.call('GetMetricData', {
      MetricDataQueries: [{Id: 'failed', MetricStat}],
      StartTime: new Date('2026-01-01T00:00:00Z'),
      EndTime: new Date('2026-01-01T01:00:00Z'),
    });
    expect(answer).toMatchObject({
      MetricDataResults: [{Id: 'failed', Label: 'Failed', Values: [7, 1], StatusCode: 'Complete'}],
    });
  });

  it('outlive the process', async () => {
    cloudwatch.record(3);
    await cloudwatch.restart();
    expect((await statistics()).Datapoints).toMatchObject([{Sum: 3}]);
  });

  it.each([
    ['trimmed means', {Statistics: [], ExtendedStatistics: ['tm90']}, 'NotImplemented'],
    ['unknown statistics', {Statistics: ['Median']}, 'ValidationError'],
    ['no statistics', {Statistics: []}, 'MissingRequiredParameterException'],
    ['a period of no length', {Period: 0}, 'InvalidParameterValueException'],
    ['an empty time', {EndTime: new Date('2026-01-01T00:00:00Z')}, 'InvalidParameterValueException'],
  ])('refuse %s', async (_what, more, code) => {
    await expect(statistics(more)).rejects.toMatchObject({code});
  });

  it("are not taken for one of AWS's own namespaces", async () => {
    const MetricData = [{MetricName: 'Errors', Value: 1}];
    await expect(cloudwatch.call('PutMetricData', {Namespace: 'AWS/Lambda', MetricData})).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
  });

  it('take the permission of their namespace', () => {
    const {operations, store} = cloudwatch.bench.services.get('cloudwatch')!;
    const put = operations.find(({name}) => name === 'PutMetricData')!;
    expect(put.permissions({Namespace: 'Orders', MetricData: []}, cloudwatch.bench.context(), store)).toEqual([
      {action: 'cloudwatch:PutMetricData', resource: '*', context: {'cloudwatch:namespace': 'Orders'}},
    ]);
  });
});

describe('dashboards', () => {
  it('are kept as they are written', async () => {
    const DashboardBody = '{"widgets":[]}';
    await cloudwatch.call('PutDashboard', {DashboardName: 'orders', DashboardBody});
    expect(await cloudwatch.call('GetDashboard', {DashboardName: 'orders'})).toEqual({
      DashboardName: 'orders',
      DashboardArn: 'arn:aws:cloudwatch::000000000000:dashboard/orders',
      DashboardBody,
    });
    expect(await cloudwatch.call('ListDashboards', {})).toMatchObject({
      DashboardEntries: [{DashboardName: 'orders', Size: 14}],
    });
    await cloudwatch.call('DeleteDashboards', {DashboardNames: ['orders']});
    await expect(cloudwatch.call('GetDashboard', {DashboardName: 'orders'})).rejects.toMatchObject({
      code: 'DashboardNotFoundError',
    });
  });

  it.each(['no JSON', '{}', '[]'])('refuse the body %s', async DashboardBody => {
    await expect(cloudwatch.call('PutDashboard', {DashboardName: 'orders', DashboardBody})).rejects.toMatchObject({
      code: 'DashboardInvalidInputError',
    });
  });
});
