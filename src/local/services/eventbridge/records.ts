/** An event bus; the default one is there from the start. */
export interface EventBus {
  readonly name: string;
  readonly description?: string | undefined;
  /** The resource policy, as text. */
  readonly policy?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly eventPattern?: string | undefined;
  readonly scheduleExpression?: string | undefined;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly description?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
  /** What a rate counts from: when the expression was set, or the rule was enabled. */
  readonly scheduledFrom: number;
}

export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string | undefined;
  readonly Input?: string | undefined;
  readonly InputPath?: string | undefined;
  readonly InputTransformer?:
    | {readonly InputPathsMap?: Readonly<Record<string, string>> | undefined; readonly InputTemplate: string}
    | undefined;
  readonly SqsParameters?: {readonly MessageGroupId?: string | undefined} | undefined;
  readonly DeadLetterConfig?: {readonly Arn?: string | undefined} | undefined;
  readonly RetryPolicy?:
    | {readonly MaximumRetryAttempts?: number | undefined; readonly MaximumEventAgeInSeconds?: number | undefined}
    | undefined;
}

/** An event as targets get it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}
