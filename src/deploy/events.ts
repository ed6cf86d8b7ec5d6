import type {Review} from './review/review.ts';

/** What a deployment tells while it runs; `report/` makes lines and the live table of it. */
export type DeployEvent =
  | {readonly type: 'step'; readonly step: DeployStep; readonly detail: string}
  | {
      readonly type: 'bundled';
      readonly function: string;
      readonly bytes: number;
      readonly zipBytes: number;
      readonly borrowed: boolean;
      /** It was built before, and nothing has changed since. */
      readonly unchanged: boolean;
    }
  | {readonly type: 'uploaded'; readonly key: string; readonly bytes: number; readonly existed: boolean}
  | {
      readonly type: 'change';
      readonly action: string;
      readonly logicalId: string;
      readonly resourceType: string;
      readonly replacement: string | undefined;
    }
  | {readonly type: 'review'; readonly review: Review}
  | StackEvent
  | TrafficEvent;

export type DeployStep = 'bundle' | 'bucket' | 'upload' | 'wait' | 'clear-away' | 'change-set' | 'execute' | 'watch';

export interface StackEvent {
  readonly type: 'stack-event';
  readonly id: string;
  readonly time: Date;
  /** Shared by every event of one operation. On AWS a rollback is an operation of its own. */
  readonly operationId: string | undefined;
  /** What whoever began the operation called it. */
  readonly clientRequestToken: string | undefined;
  /** The nested stacks that the resource lies in, by their logical IDs, the outermost first. */
  readonly within: readonly string[];
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly resourceType: string;
  /** `CREATE_IN_PROGRESS`, `UPDATE_FAILED` ... */
  readonly status: string;
  /** Without what CloudFormation wraps around it. */
  readonly reason: string | undefined;
  /** `AlreadyExists`, `AccessDenied`: what CloudFormation, or the service, calls the failure. */
  readonly code: string | undefined;
  /** The event is that of a stack about itself, not one of its resources'. */
  readonly isStack: boolean;
  /** `CONFIGURATION_COMPLETE`, `VALIDATION_FAILED`: what the status does not say. */
  readonly detail: string | undefined;
  /** A hook that was asked about the resource. */
  readonly hook: HookAnswer | undefined;
}

/** `Network/Subnet` for a resource of a nested stack. */
export function pathOf({within, logicalId}: Pick<StackEvent, 'within' | 'logicalId'>): string {
  return [...within, logicalId].join('/');
}

export interface HookAnswer {
  /** `MyOrg::Security::Check`. */
  readonly type: string;
  /** `HOOK_COMPLETE_FAILED` ... */
  readonly status: string;
  readonly reason: string | undefined;
  /** Its failure fails the resource; one that only warns does not. */
  readonly refuses: boolean;
}

/** An alias gives a version beside its own a share of its invocations. */
export interface TrafficEvent {
  readonly type: 'traffic';
  readonly logicalId: string;
  readonly version: string;
  /** From 0 to 1. */
  readonly weight: number;
}
