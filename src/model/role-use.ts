/** What a role has used of what it is granted, by whoever keeps a record of it. */
export type RoleUse = LastAccessed | RecordedUse;

/** What IAM tells of the last 400 days. */
export interface LastAccessed {
  readonly kind: 'last-accessed';
  /** By the prefix of their actions: `sqs`. */
  readonly services: ReadonlyMap<string, ServiceUse>;
}

export interface ServiceUse {
  /** `2026-11-21`; absent when it was not used. */
  readonly lastUsed?: string;
  /** Of the actions that AWS tracks, those that were not used, in small letters without the prefix. */
  readonly unusedActions: ReadonlySet<string>;
  /** And those that were. */
  readonly usedActions: ReadonlySet<string>;
}

/** Every pattern of every statement, as the embedded AWS has recorded it. */
export interface RecordedUse {
  readonly kind: 'recorded';
  readonly grants: readonly RecordedGrant[];
}

interface RecordedGrant {
  /** Its name, or the ARN of a managed policy. */
  readonly policy: string;
  /** Of the statement. */
  readonly index: number;
  readonly action: string;
  readonly resource: string;
  readonly status: 'used' | 'unused' | 'not exercised';
  /** Why it was not exercised. */
  readonly reason?: string;
}
