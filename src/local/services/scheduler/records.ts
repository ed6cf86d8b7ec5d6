export interface ScheduleRecord {
  readonly Name: string;
  readonly GroupName: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone: string;
  readonly State: 'ENABLED' | 'DISABLED';
  readonly Description?: string | undefined;
  readonly ActionAfterCompletion: 'NONE' | 'DELETE';
  /** Milliseconds, as all times here. */
  readonly startDate?: number | undefined;
  readonly endDate?: number | undefined;
  readonly Target: ScheduleTarget;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Of the last time that was carried out, or of the change that set the expression. */
  readonly done: number;
}

export interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string | undefined;
  readonly DeadLetterConfig?: {readonly Arn?: string | undefined} | undefined;
  readonly RetryPolicy?:
    | {readonly MaximumRetryAttempts?: number | undefined; readonly MaximumEventAgeInSeconds?: number | undefined}
    | undefined;
  readonly SqsParameters?: {readonly MessageGroupId?: string | undefined} | undefined;
}

export interface ScheduleGroup {
  readonly Name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}
