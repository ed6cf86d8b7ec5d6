/** The time as the cloud sees it. */
export interface CloudTime {
  readonly now: string;
  /** Milliseconds by which it is ahead of the machine. */
  readonly ahead: number;
}

/** What a running cloud says of itself. */
export interface CloudHealth {
  readonly status: 'running';
  readonly pid: number;
  readonly version: string;
  readonly startedAt: string;
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly time: CloudTime;
  /** The seed of the disorder it makes, when it makes one. */
  readonly chaos?: string;
  readonly services: readonly string[];
  readonly stacks: readonly {readonly name: string; readonly status: string}[];
  readonly functions: readonly {readonly name: string; readonly logicalId?: string; readonly stackName?: string}[];
}
