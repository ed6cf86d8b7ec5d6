import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {cloudwatchService} from '../../../../src/local/services/cloudwatch/service.ts';
import {type Bench, openBench} from '../../harness.ts';
import {type EchoCloud, startEchoCloud} from '../../wire/echo-cloud.ts';

let bench: Bench;
let cloud: EchoCloud;
let client: CloudWatchClient;
beforeAll(async () => {
  bench = openBench();
  const {state, clock} = bench;
  const service = cloudwatchService({state, clock, account: '000000000000', region: 'us-east-1'});
  bench.services.set('cloudwatch', service);
  cloud = await startEchoCloud([service]);
  client = new CloudWatchClient(cloud.client);
});
afterAll(async () => {
  client.destroy();
  await cloud.close();
  await bench.close();
});

describe('CloudWatch through the SDK', () => {
  it('takes a metric, gives it back and sets off its alarm', async () => {
    const metric = {Namespace: 'Orders', MetricName: 'Failed'};
    const now = new Date();
    await client.send(
      new PutMetricDataCommand({Namespace: 'Orders', MetricData: [{MetricName: 'Failed', Value: 2, Timestamp: now}]}),
    );
    const {MetricDataResults} = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [{Id: 'failed', MetricStat: {Metric: metric, Period: 60, Stat: 'Sum'}}],
        StartTime: new Date(now.getTime() - 3_600_000),
        EndTime: new Date(now.getTime() + 60_000),
      }),
    );
    expect(MetricDataResults).toMatchObject([{Values: [2], Timestamps: [expect.any(Date)]}]);
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'failed',
        ...metric,
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    const {MetricAlarms} = await client.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toMatchObject([{StateValue: 'ALARM', StateUpdatedTimestamp: expect.any(Date)}]);
  });

  it('refuses metric math by name, and says what does not exist', async () => {
    const math = new GetMetricDataCommand({
      MetricDataQueries: [{Id: 'sum', Expression: 'a + b'}],
      StartTime: new Date(0),
      EndTime: new Date(1),
    });
    await expect(client.send(math)).rejects.toThrow(/Expression|MetricStat/);
    const dashboard = client.send(new GetDashboardCommand({DashboardName: 'none'}));
    // The SDK shows the code that the error had in the Query protocol.
    await expect(dashboard).rejects.toMatchObject({name: 'ResourceNotFound', $metadata: {httpStatusCode: 404}});
    expect(cloud.bugs).toEqual([]);
  });
});
