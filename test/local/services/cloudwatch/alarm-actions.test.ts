import {expect, test} from 'vitest';
import {arnOf, assembledCloud, policy} from '../../assembled-cloud.ts';

const TopicArn = arnOf('sns', 'alarms');

async function openCloud({letsIn = true} = {}) {
  const cloud = assembledCloud();
  const Endpoint = await cloud.queue('told', 'sns.amazonaws.com', TopicArn);
  await cloud.call('sns', 'CreateTopic', {Name: 'alarms'});
  await cloud.call('sns', 'Subscribe', {TopicArn, Protocol: 'sqs', Endpoint});
  const statement = {
    Effect: 'Allow',
    Principal: {Service: 'cloudwatch.amazonaws.com'},
    Action: 'sns:Publish',
    Resource: TopicArn,
    Condition: {ArnLike: {'aws:SourceArn': arnOf('cloudwatch', 'alarm:*')}},
  };
  if (letsIn)
    await cloud.call('sns', 'SetTopicAttributes', {
      TopicArn,
      AttributeName: 'Policy',
      AttributeValue: policy(statement),
    });
  await cloud.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'errors',
    AlarmActions: [TopicArn],
    OKActions: [TopicArn],
    Namespace: 'orders',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
  const fail = () =>
    cloud.call('cloudwatch', 'PutMetricData', {Namespace: 'orders', MetricData: [{MetricName: 'Errors', Value: 1}]});
  return {...cloud, fail};
}

test('a topic is told of every change of an alarm that has it as an action', async () => {
  const cloud = await openCloud();
  await cloud.fail();
  await cloud.clock.advance(10_000);
  await cloud.clock.advance(200_000);
  const envelopes = (await cloud.messages('told')).map(({Body}) => JSON.parse(Body) as Record<string, string>);
  expect(envelopes.map(({Subject}) => Subject)).toEqual(['ALARM: "errors" in us-east-1', 'OK: "errors" in us-east-1']);
  expect(JSON.parse(envelopes[0]!.Message!)).toMatchObject({
    AlarmName: 'errors',
    AlarmArn: arnOf('cloudwatch', 'alarm:errors'),
    OldStateValue: 'INSUFFICIENT_DATA',
    NewStateValue: 'ALARM',
    Trigger: {Namespace: 'orders', MetricName: 'Errors', Statistic: 'SUM', Threshold: 0},
  });
  expect(JSON.parse(envelopes[1]!.Message!)).toMatchObject({OldStateValue: 'ALARM', NewStateValue: 'OK'});
});

test('actions that are switched off are not carried out', async () => {
  const cloud = await openCloud();
  await cloud.call('cloudwatch', 'DisableAlarmActions', {AlarmNames: ['errors']});
  await cloud.messages('told');
  await cloud.fail();
  await cloud.clock.advance(10_000);
  expect(await cloud.messages('told')).toEqual([]);
});

test('a topic that does not let CloudWatch in is not told, and that is said', async () => {
  const cloud = await openCloud({letsIn: false});
  await cloud.fail();
  await cloud.clock.advance(10_000);
  expect(await cloud.messages('told')).toEqual([]);
  expect(cloud.warnings.join('\n')).toContain(`cloudwatch.amazonaws.com could not deliver to ${TopicArn}`);
});

test('an action that is no topic is refused by name', async () => {
  const cloud = assembledCloud();
  await expect(
    cloud.call('cloudwatch', 'PutMetricAlarm', {
      AlarmName: 'errors',
      AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'],
      Namespace: 'orders',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  ).rejects.toThrow('does not implement the alarm action arn:aws:automate:us-east-1:ec2:stop');
});
