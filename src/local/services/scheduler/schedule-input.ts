import type {PermissionRequest} from '../../operation.ts';
import {parseSchedule} from '../../schedule-expression.ts';
import {ScheduleExpressionError} from '../../schedule-expression-error.ts';
import {notImplemented} from '../../service-error.ts';
import {type Infer, integer, required, string, structure, timestamp} from '../../shape.ts';
import {isTimeZone} from '../../time-zone.ts';
import {invalid} from './errors.ts';
import type {ScheduleRecord} from './records.ts';
import type {SchedulerStore} from './store.ts';

/** What CreateSchedule and UpdateSchedule take. */
export const scheduleInput = structure({
  Name: required(string),
  GroupName: string,
  ScheduleExpression: required(string),
  ScheduleExpressionTimezone: string,
  StartDate: timestamp,
  EndDate: timestamp,
  Description: string,
  State: string,
  FlexibleTimeWindow: required(structure({Mode: required(string)})),
  ActionAfterCompletion: string,
  ClientToken: string,
  Target: required(
    structure({
      Arn: required(string),
      RoleArn: required(string),
      Input: string,
      DeadLetterConfig: structure({Arn: string}),
      RetryPolicy: structure({MaximumRetryAttempts: integer, MaximumEventAgeInSeconds: integer}),
      SqsParameters: structure({MessageGroupId: string}),
    }),
  ),
});
export type ScheduleInput = Infer<typeof scheduleInput>;

export function toSchedule(
  action: string,
  {Name, GroupName = 'default', Target}: ScheduleInput,
  store: SchedulerStore,
): PermissionRequest[] {
  return [
    {action: `scheduler:${action}`, resource: store.scheduleArn(GroupName, Name)},
    {
      action: 'iam:PassRole',
      resource: Target.RoleArn,
      context: {'iam:PassedToService': 'scheduler.amazonaws.com'},
    },
  ];
}

export function scheduleOf(
  input: ScheduleInput,
  before: ScheduleRecord | undefined,
  store: SchedulerStore,
): ScheduleRecord {
  const {Name, GroupName = 'default', State = 'ENABLED', ActionAfterCompletion = 'NONE'} = input;
  const {ScheduleExpressionTimezone = 'UTC', StartDate, EndDate} = input;
  if (!/^[\w.-]{1,64}$/.test(Name)) throw invalid(`Value '${Name}' at 'name' failed to satisfy constraint`);
  if (input.FlexibleTimeWindow.Mode !== 'OFF')
    throw notImplemented(`the flexible time window ${input.FlexibleTimeWindow.Mode}`);
  if (State !== 'ENABLED' && State !== 'DISABLED') throw invalid(`State ${State} is not ENABLED or DISABLED.`);
  if (ActionAfterCompletion !== 'NONE' && ActionAfterCompletion !== 'DELETE')
    throw invalid(`ActionAfterCompletion ${ActionAfterCompletion} is not NONE or DELETE.`);
  if (!isTimeZone(ScheduleExpressionTimezone))
    throw invalid(`Invalid ScheduleExpressionTimezone ${ScheduleExpressionTimezone}.`);
  if (StartDate !== undefined && EndDate !== undefined && StartDate >= EndDate)
    throw invalid('The StartDate must come before the EndDate.');
  checkExpression(input.ScheduleExpression, ScheduleExpressionTimezone);
  checkTarget(input, store);
  const now = store.options.clock.now();
  const same =
    before?.ScheduleExpression === input.ScheduleExpression &&
    before.ScheduleExpressionTimezone === ScheduleExpressionTimezone &&
    before.startDate === StartDate?.getTime();
  return {
    Name,
    GroupName,
    ScheduleExpression: input.ScheduleExpression,
    ScheduleExpressionTimezone,
    State,
    Description: input.Description,
    ActionAfterCompletion,
    startDate: StartDate?.getTime(),
    endDate: EndDate?.getTime(),
    Target: input.Target,
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    done: same ? before.done : now,
  };
}

function checkExpression(expression: string, timeZone: string): void {
  try {
    parseSchedule(expression, timeZone);
  } catch (error) {
    if (!(error instanceof ScheduleExpressionError)) throw error;
    throw invalid(`Invalid Schedule Expression ${expression}. ${error.message}`);
  }
}

function checkTarget({Target}: ScheduleInput, {options}: SchedulerStore): void {
  const {Arn, RoleArn, Input, RetryPolicy = {}} = Target;
  if (!/^arn:aws:(lambda|sqs):[\w-]+:\d{12}:.+$/.test(Arn))
    throw Arn.startsWith('arn:aws:')
      ? notImplemented(`the target ${Arn}: only a function or a queue can be one`)
      : invalid(`Provided Arn ${Arn} is not in correct format.`);
  if (!options.identity.trusts(RoleArn, {service: 'scheduler.amazonaws.com', sourceAccount: options.account}))
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  if (Arn.startsWith('arn:aws:lambda:') && Input !== undefined && !isJson(Input))
    throw invalid('Input for a function must be JSON.');
  const {MaximumRetryAttempts: attempts = 0, MaximumEventAgeInSeconds: age = 60} = RetryPolicy;
  if (attempts < 0 || attempts > 185) throw invalid('MaximumRetryAttempts must be from 0 to 185.');
  if (age < 60 || age > 86_400) throw invalid('MaximumEventAgeInSeconds must be from 60 to 86400.');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
