/** A secret as it is kept; what is secret in it is encrypted. */
export interface SecretRecord {
  readonly name: string;
  /** Ends in a hyphen and six random characters. */
  readonly arn: string;
  readonly description?: string;
  /** As it was given; absent for the AWS managed key. */
  readonly kmsKeyId?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly accessedAt?: number;
  readonly deletion?: {readonly askedAt: number; readonly at: number};
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: string;
  /** Oldest first. */
  readonly versions: readonly SecretVersion[];
}

export interface SecretVersion {
  readonly id: string;
  readonly stages: readonly string[];
  readonly createdAt: number;
  readonly accessedAt?: number;
  readonly sealed: SealedValue;
}

/** Envelope encryption: the value under a data key, and the data key under a KMS key. */
export interface SealedValue {
  readonly kind: 'SecretString' | 'SecretBinary';
  /** The key that was named then; `DefaultEncryptionKey` in answers when none was. */
  readonly kmsKeyId?: string;
  readonly dataKey: string;
  readonly content: string;
}

export function versionWithStage({versions}: SecretRecord, stage: string): SecretVersion | undefined {
  return versions.find(({stages}) => stages.includes(stage));
}

/** AWS remembers the day of an access, not the time. */
export function dayOf(time: number): number {
  return time - (time % 86_400_000);
}

export function date(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}

export function shownTags(tags: SecretRecord['tags']) {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}));
}
