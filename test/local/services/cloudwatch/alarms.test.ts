import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openCloudwatch} from './metrics-bench.ts';

let cloudwatch: ReturnType<typeof openCloudwatch>;
beforeEach(() => {
  cloudwatch = openCloudwatch();
});
afterEach(() => cloudwatch.bench.close());

const arn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:failed';
const alarm = {
  AlarmName: 'failed',
  Namespace: 'Orders',
  MetricName: 'Failed',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: ['arn:aws:sns:us-east-1:000000000000:pager'],
};
const put = (more: object = {}) => cloudwatch.call('PutMetricAlarm', {...alarm, ...more});
const describeIt = async () => {
  const {MetricAlarms} = await cloudwatch.call<{MetricAlarms: Record<string, unknown>[]}>('DescribeAlarms', {
    AlarmNames: ['failed'],
  });
  return MetricAlarms[0]!;
};
const state = async () => (await describeIt()).StateValue;

describe('alarms', () => {
  it('go off when it happens, and end when it is over', async () => {
    await put();
    expect(await describeIt()).toMatchObject({
      AlarmArn: arn,
      StateValue: 'OK',
      ActionsEnabled: true,
      AlarmActions: alarm.AlarmActions,
    });
    cloudwatch.record(1);
    expect(await describeIt()).toMatchObject({
      StateValue: 'ALARM',
      StateReason: expect.stringContaining('1 datapoint [1.0'),
      StateTransitionedTimestamp: new Date(cloudwatch.clock.now()),
    });
    await cloudwatch.clock.advance(60_000);
    cloudwatch.record(0);
    expect(await state()).toBe('OK');
  });

  it('look a little further back for a datapoint than their own periods', async () => {
    await put();
    cloudwatch.record(1);
    await cloudwatch.clock.advance(170_000);
    expect(await state()).toBe('ALARM');
    await cloudwatch.clock.advance(20_000);
    expect(await state()).toBe('OK');
  });

  it('are evaluated while nobody looks', async () => {
    await put();
    cloudwatch.record(1);
    await cloudwatch.clock.advance(10_000);
    const wentOff = cloudwatch.clock.now();
    await cloudwatch.clock.advance(30_000);
    expect((await describeIt()).StateTransitionedTimestamp).toEqual(new Date(wentOff));
  });

  it('begin without data, and keep their state when they are changed', async () => {
    await put({TreatMissingData: undefined});
    expect(await describeIt()).toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
    });
    cloudwatch.record(1);
    expect(await state()).toBe('ALARM');
    await put({TreatMissingData: 'ignore', Threshold: 5, MetricName: 'Other'});
    expect(await state()).toBe('ALARM');
  });

  it('can be set by hand until the next evaluation', async () => {
    await put();
    await cloudwatch.call('SetAlarmState', {AlarmName: 'failed', StateValue: 'ALARM', StateReason: 'a drill'});
    expect(await describeIt()).toMatchObject({StateValue: 'ALARM', StateReason: 'a drill'});
    await cloudwatch.clock.advance(10_000);
    expect(await state()).toBe('OK');
  });

  it('watch percentiles', async () => {
    await put({Statistic: undefined, ExtendedStatistic: 'p90', Threshold: 8});
    for (let value = 1; value <= 9; value++) cloudwatch.record(value);
    expect(await state()).toBe('ALARM');
    expect((await describeIt()).ExtendedStatistic).toBe('p90');
  });

  it('outlive the process in the state that they had', async () => {
    await put({TreatMissingData: 'ignore'});
    cloudwatch.record(1);
    expect(await state()).toBe('ALARM');
    await cloudwatch.restart();
    expect(await state()).toBe('ALARM');
  });

  it('are found by metric, state and prefix, and keep their tags', async () => {
    await put({Tags: [{Key: 'team', Value: 'shop'}]});
    const names = async (operation: string, input: object) =>
      (await cloudwatch.call<{MetricAlarms: {AlarmName: string}[]}>(operation, input)).MetricAlarms.map(
        ({AlarmName}) => AlarmName,
      );
    expect(await names('DescribeAlarmsForMetric', {Namespace: 'Orders', MetricName: 'Failed'})).toEqual(['failed']);
    expect(await names('DescribeAlarms', {StateValue: 'ALARM'})).toEqual([]);
    expect(await names('DescribeAlarms', {AlarmNamePrefix: 'fa', ActionPrefix: 'arn:aws:sns'})).toEqual(['failed']);
    expect(await cloudwatch.call('ListTagsForResource', {ResourceARN: arn})).toEqual({
      Tags: [{Key: 'team', Value: 'shop'}],
    });
  });

  it('switch their actions off and on, and are deleted all or none', async () => {
    await put();
    await cloudwatch.call('DisableAlarmActions', {AlarmNames: ['failed']});
    expect((await describeIt()).ActionsEnabled).toBe(false);
    await expect(cloudwatch.call('DeleteAlarms', {AlarmNames: ['failed', 'none']})).rejects.toMatchObject({
      code: 'ResourceNotFound',
    });
    await cloudwatch.call('DeleteAlarms', {AlarmNames: ['failed']});
    expect(await cloudwatch.call('DescribeAlarms')).toMatchObject({MetricAlarms: []});
  });

  it.each([
    [{Statistic: undefined}, 'ValidationError'],
    [{ExtendedStatistic: 'p90'}, 'ValidationError'],
    [{Period: 45}, 'ValidationError'],
    [{DatapointsToAlarm: 2}, 'ValidationError'],
    [{ComparisonOperator: 'Above'}, 'ValidationError'],
    [{ComparisonOperator: 'GreaterThanUpperThreshold'}, 'NotImplemented'],
    [{TreatMissingData: 'never'}, 'ValidationError'],
    [{MetricName: undefined}, 'ValidationError'],
  ])('refuse %o', async (more, code) => {
    await expect(put(more)).rejects.toMatchObject({code});
  });
});
