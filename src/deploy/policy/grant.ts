/** Actions on resources, and what they are for: what statements are put together from. */
export interface Grant {
  /** Begins the statement's Sid; grants of one group that agree in the rest become one statement. */
  readonly group: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
  readonly why: string;
}

/** `{StringEquals: {'iam:PassedToService': 'lambda.amazonaws.com'}}`. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
