/** One answer of access: who asked for what, and which statements decided. */
export interface RecordedDecision {
  readonly time: number;
  readonly requestId: string;
  /** ARN, or service principal. */
  readonly caller: string;
  readonly roleArn?: string;
  readonly functionName?: string;
  /** What an AWS service did with the role's permissions, such as polling its queue. */
  readonly onBehalf?: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly matched: readonly DecidingStatement[];
  /** AWS's sentence, when denied. */
  readonly message?: string;
}

export interface DecidingStatement {
  readonly kind: string;
  readonly policy: string;
  readonly sid?: string;
  readonly index: number;
  readonly action: string;
  readonly resource: string;
}
