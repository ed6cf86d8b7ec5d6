import {expect, test} from 'vitest';
import {type AssembledCloud, arnOf, assembledCloud, roleArn} from '../../assembled-cloud.ts';

async function openCloud() {
  const cloud = assembledCloud();
  const Arn = await cloud.queue('reminders');
  await cloud.roleFor('scheduler.amazonaws.com', 'scheduler', {Action: 'sqs:SendMessage', Resource: Arn});
  return cloud;
}

function schedule(cloud: AssembledCloud, ScheduleExpression: string, more: object = {}, target: object = {}) {
  return cloud.call('scheduler', 'CreateSchedule', {
    Name: 'remind',
    ScheduleExpression,
    FlexibleTimeWindow: {Mode: 'OFF'},
    Target: {Arn: arnOf('sqs', 'reminders'), RoleArn: roleArn('scheduler'), Input: '{"order":7}', ...target},
    ...more,
  });
}

const hour = 3_600_000;

test('something planned once happens once, as the role of the schedule', async () => {
  const cloud = await openCloud();
  await schedule(cloud, 'at(2026-01-01T02:00:00)', {}, {Input: '{"at":"<aws.scheduler.scheduled-time>"}'});
  await cloud.clock.advance(2 * hour - 1);
  expect(await cloud.messages('reminders')).toEqual([]);
  await cloud.clock.advance(2 * hour);
  expect((await cloud.messages('reminders')).map(({Body}) => Body)).toEqual(['{"at":"2026-01-01T02:00:00Z"}']);
  const decisions = cloud.decisions('sqs:SendMessage');
  expect(decisions[0]).toMatchObject({
    roleArn: roleArn('scheduler'),
    onBehalf: 'scheduler',
  });
});

test('it happens also when its time came while nothing ran', async () => {
  const cloud = await openCloud();
  await schedule(cloud, 'at(2026-01-01T02:00:00)');
  await cloud.restart(() => cloud.clock.advance(3 * hour));
  expect(await cloud.messages('reminders')).toHaveLength(1);
  await cloud.restart();
  expect(await cloud.messages('reminders')).toEqual([]);
});

test('a time zone counts', async () => {
  const cloud = await openCloud();
  await schedule(cloud, 'cron(30 9 * * ? *)', {ScheduleExpressionTimezone: 'Asia/Tokyo'});
  await cloud.clock.advance(1 * hour);
  expect(await cloud.messages('reminders')).toHaveLength(1);
});

test('a rate begins at the start date and ends with the end date', async () => {
  const cloud = await openCloud();
  const StartDate = new Date('2026-01-01T01:00:00Z');
  const EndDate = new Date('2026-01-01T03:00:00Z');
  await schedule(cloud, 'rate(1 hour)', {StartDate, EndDate});
  await cloud.clock.advance(5 * hour);
  expect(await cloud.messages('reminders')).toHaveLength(3);
});

test('a schedule can go when it is done', async () => {
  const cloud = await openCloud();
  await schedule(cloud, 'at(2026-01-01T02:00:00)', {ActionAfterCompletion: 'DELETE'});
  await cloud.clock.advance(2 * hour);
  expect(await cloud.messages('reminders')).toHaveLength(1);
  expect(await cloud.call('scheduler', 'ListSchedules')).toMatchObject({Schedules: []});
});

test('what the role may not do ends in the dead-letter queue', async () => {
  const cloud = await openCloud();
  const dead = await cloud.queue('dead');
  await cloud.call('iam', 'PutRolePolicy', {
    RoleName: 'scheduler',
    PolicyName: 'inline',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: dead},
    }),
  });
  await schedule(cloud, 'rate(1 hour)', {}, {DeadLetterConfig: {Arn: dead}});
  await cloud.clock.advance(hour);
  const [message] = await cloud.messages('dead');
  expect(message).toMatchObject({
    Body: '{"order":7}',
    MessageAttributes: {ERROR_CODE: {StringValue: 'NO_PERMISSIONS'}},
  });
});

test('a change is seen, and a deleted schedule is silent', async () => {
  const cloud = await openCloud();
  await schedule(cloud, 'rate(1 hour)');
  await cloud.call('scheduler', 'UpdateSchedule', {
    Name: 'remind',
    ScheduleExpression: 'rate(3 hours)',
    FlexibleTimeWindow: {Mode: 'OFF'},
    Target: {Arn: arnOf('sqs', 'reminders'), RoleArn: roleArn('scheduler')},
  });
  await cloud.clock.advance(3 * hour);
  expect((await cloud.messages('reminders')).map(({Body}) => Body)).toEqual(['{}']);
  await cloud.call('scheduler', 'DeleteSchedule', {Name: 'remind'});
  await cloud.clock.advance(2 * hour);
  expect(await cloud.messages('reminders')).toEqual([]);
});

test('the schedules of a group go with it', async () => {
  const cloud = await openCloud();
  await cloud.call('scheduler', 'CreateScheduleGroup', {Name: 'shop'});
  await schedule(cloud, 'rate(1 hour)', {GroupName: 'shop'});
  await cloud.call('scheduler', 'DeleteScheduleGroup', {Name: 'shop'});
  await cloud.clock.advance(2 * hour);
  expect(await cloud.messages('reminders')).toEqual([]);
  await expect(cloud.call('scheduler', 'GetSchedule', {Name: 'remind', GroupName: 'shop'})).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

test.each([
  ['a role that does not trust it', {}, {RoleArn: roleArn('nobody')}, 'must allow AWS EventBridge Scheduler to assume'],
  [
    'a flexible window',
    {FlexibleTimeWindow: {Mode: 'FLEXIBLE'}},
    {},
    'does not implement the flexible time window FLEXIBLE',
  ],
  ['another target', {}, {Arn: 'arn:aws:sns:us-east-1:000000000000:a'}, 'only a function or a queue can be one'],
  ['an unknown zone', {ScheduleExpressionTimezone: 'Mars/Olympus'}, {}, 'Invalid ScheduleExpressionTimezone'],
])('%s is refused', async (_, more, target, sentence) => {
  const cloud = await openCloud();
  await expect(schedule(cloud, 'rate(1 hour)', more, target)).rejects.toThrow(sentence);
});
