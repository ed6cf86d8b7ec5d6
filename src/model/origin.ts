/** Where a thing was read: a place in a file (line and column start at 1), or a resource of an account. */
export type Origin =
  | {readonly file: string; readonly line: number; readonly column: number}
  | {readonly arn: string; readonly region: string};
