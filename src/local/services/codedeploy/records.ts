/** An application of the compute platform Lambda. */
export interface ApplicationRecord {
  readonly applicationId: string;
  readonly applicationName: string;
  readonly createTime: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AlarmConfiguration {
  readonly enabled?: boolean | undefined;
  readonly ignorePollAlarmFailure?: boolean | undefined;
  readonly alarms?: readonly {readonly name?: string | undefined}[] | undefined;
}

export interface AutoRollbackConfiguration {
  readonly enabled?: boolean | undefined;
  readonly events?: readonly string[] | undefined;
}

export interface GroupRecord {
  readonly deploymentGroupId: string;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly deploymentConfigName: string;
  readonly serviceRoleArn: string;
  readonly alarmConfiguration?: AlarmConfiguration | undefined;
  readonly autoRollbackConfiguration?: AutoRollbackConfiguration | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export type LifecycleEventName = 'BeforeAllowTraffic' | 'AllowTraffic' | 'AfterAllowTraffic';

export interface LifecycleEvent {
  readonly lifecycleEventName: LifecycleEventName;
  readonly status: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped';
  /** Milliseconds since the epoch, here and below. */
  readonly startTime?: number;
  readonly endTime?: number;
}

export interface DeploymentRecord {
  readonly deploymentId: string;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly deploymentConfigName: string;
  /** As it was given; a rollback has the one of the deployment that it takes back. */
  readonly revision: Revision;
  readonly function: ShiftedFunction;
  readonly status: 'Created' | 'InProgress' | 'Succeeded' | 'Failed' | 'Stopped';
  readonly errorInformation?: ErrorInformation;
  readonly createTime: number;
  readonly startTime?: number;
  readonly completeTime?: number;
  readonly creator: 'user' | 'codeDeployRollback';
  readonly description?: string | undefined;
  /** Whom it acts as, and what ends it: what the group said when it was created. */
  readonly serviceRoleArn: string;
  readonly alarmConfiguration?: AlarmConfiguration | undefined;
  readonly autoRollbackConfiguration?: AutoRollbackConfiguration | undefined;
  readonly lifecycleEvents: readonly LifecycleEvent[];
  /** What its running hook has to give back. */
  readonly hookExecutionId?: string;
  /** The share of the target version, from 0 to 1. */
  readonly weight: number;
  /** When more is shifted. */
  readonly nextShift?: number;
  readonly stopRequested?: {readonly rollBack: boolean};
  readonly rollbackInfo?: {
    readonly rollbackDeploymentId?: string;
    readonly rollbackTriggeringDeploymentId?: string;
    readonly rollbackMessage: string;
  };
}

export interface Revision {
  readonly revisionType: string;
  readonly string?: {readonly content?: string | undefined; readonly sha256?: string | undefined} | undefined;
  readonly appSpecContent?: {readonly content?: string | undefined; readonly sha256?: string | undefined} | undefined;
}

/** What an AppSpec says of a Lambda deployment. */
export interface ShiftedFunction {
  readonly name: string;
  readonly alias: string;
  readonly currentVersion: string;
  readonly targetVersion: string;
  readonly hooks: Readonly<Partial<Record<LifecycleEventName, string>>>;
}

export interface ErrorInformation {
  readonly code: string;
  readonly message: string;
}

export function hasEnded({status}: DeploymentRecord): boolean {
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped';
}
