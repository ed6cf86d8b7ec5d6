/** What a deployment tells while it runs; `report/` makes lines and the live table of it. */
export type DeployEvent =
  | {readonly type: 'step'; readonly step: DeployStep; readonly detail: string}
  | {
      readonly type: 'bundled';
      readonly function: string;
      readonly bytes: number;
      readonly zipBytes: number;
      readonly borrowed: boolean;
    }
  | {readonly type: 'uploaded'; readonly key: string; readonly bytes: number; readonly existed: boolean}
  | {
      readonly type: 'change';
      readonly action: string;
      readonly logicalId: string;
      readonly resourceType: string;
      readonly replacement: string | undefined;
    }
  | StackEvent
  | TrafficEvent;

export type DeployStep = 'bundle' | 'bucket' | 'upload' | 'change-set' | 'execute';

export interface StackEvent {
  readonly type: 'stack-event';
  readonly id: string;
  readonly time: Date;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly resourceType: string;
  /** `CREATE_IN_PROGRESS`, `UPDATE_FAILED` ... */
  readonly status: string;
  readonly reason: string | undefined;
  /** The event is the stack's own, not one of its resources'. */
  readonly isStack: boolean;
}

/** An alias gives a version beside its own a share of its invocations. */
export interface TrafficEvent {
  readonly type: 'traffic';
  readonly logicalId: string;
  readonly version: string;
  /** From 0 to 1. */
  readonly weight: number;
}
