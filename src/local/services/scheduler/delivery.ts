import {randomUUID} from 'node:crypto';
import type {DeliveryTarget, NewDelivery} from '../../deliveries.ts';
import {sessionOf} from '../../role-session.ts';
import type {ScheduleRecord} from './records.ts';

/** What the target is sent at a time, with the role of the schedule, which also sends to its dead-letter queue. */
export function delivery(schedule: ScheduleRecord, due: number, scheduleArn: string): NewDelivery {
  const {Target, Name} = schedule;
  const caller = sessionOf(Target.RoleArn, Name, 'scheduler');
  const time = new Date(due).toISOString().replace(/\.\d+Z$/, 'Z');
  const executionId = randomUUID();
  const input = fill(Target.Input ?? '', {
    'aws.scheduler.schedule-arn': scheduleArn,
    'aws.scheduler.scheduled-time': time,
    'aws.scheduler.execution-id': executionId,
    'aws.scheduler.attempt-number': '1',
  });
  const {MaximumRetryAttempts: attempts = 185, MaximumEventAgeInSeconds: ageSeconds = 86_400} =
    Target.RetryPolicy ?? {};
  const text = (StringValue: string) => ({DataType: 'String', StringValue});
  const queueArn = Target.DeadLetterConfig?.Arn;
  const body = input === '' ? '{}' : input;
  return {
    caller,
    target: addressed(schedule, body),
    retry: {attempts, ageSeconds},
    ...(queueArn !== undefined && {
      deadLetter: {
        queueArn,
        caller,
        body,
        attributes: {
          SCHEDULE_ARN: text(scheduleArn),
          TARGET_ARN: text(Target.Arn),
          EXECUTION_ID: text(executionId),
          SCHEDULED_TIME: text(time),
          IS_PAYLOAD_TRUNCATED: text('false'),
        },
        explained: true,
      },
    }),
  };
}

function addressed({Target: {Arn: arn, SqsParameters}}: ScheduleRecord, body: string): DeliveryTarget {
  const groupId = SqsParameters?.MessageGroupId;
  if (arn.startsWith('arn:aws:lambda:')) return {kind: 'function', arn, payload: body};
  return {kind: 'queue', arn, body, ...(groupId !== undefined && {groupId})};
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
function fill(input: string, values: Readonly<Record<string, string>>): string {
  return input.replaceAll(/<(aws\.scheduler\.[\w-]+)>/g, (found, name: string) => values[name] ?? found);
}
