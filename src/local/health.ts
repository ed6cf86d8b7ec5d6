/** What a running cloud says of itself. */
export interface CloudHealth {
  readonly status: 'running';
  readonly pid: number;
  readonly version: string;
  readonly startedAt: string;
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly services: readonly string[];
  readonly stacks: readonly {readonly name: string; readonly status: string}[];
  readonly functions: readonly {readonly name: string; readonly logicalId?: string; readonly stackName?: string}[];
}
