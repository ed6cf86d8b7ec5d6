/** A query that has run: here it ends as soon as it is started. */
export interface EndedQuery {
  readonly id: string;
  readonly startedAt: number;
  readonly groups: readonly string[];
  readonly results: readonly (readonly {readonly field: string; readonly value: string}[])[];
  readonly statistics: {
    readonly recordsMatched: number;
    readonly recordsScanned: number;
    readonly bytesScanned: number;
  };
}
