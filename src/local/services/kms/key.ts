/** A symmetric KMS key as it is kept, its secret material included. */
export interface KeyRecord {
  readonly id: string;
  readonly description: string;
  readonly createdAt: number;
  readonly enabled: boolean;
  /** JSON text, as it was given. */
  readonly policy: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Oldest first; what was encrypted under an older one can still be decrypted. */
  readonly material: readonly KeyMaterial[];
  readonly rotation?: Rotation;
  /** When it is going to be deleted; until then it can do nothing. */
  readonly deletionAt?: number;
  /** `ssm`, when AWS made the key for that service. */
  readonly managedFor?: string;
}

export interface KeyMaterial {
  /** 256 bits, base64. */
  readonly secret: string;
  readonly since: number;
}

interface Rotation {
  readonly periodInDays: number;
  readonly since: number;
}

const day = 86_400_000;

export function keyState({enabled, deletionAt}: KeyRecord): 'Enabled' | 'Disabled' | 'PendingDeletion' {
  if (deletionAt !== undefined) return 'PendingDeletion';
  return enabled ? 'Enabled' : 'Disabled';
}

/** When new material takes over; undefined while rotation is off. */
export function nextRotation({rotation, material}: KeyRecord): number | undefined {
  if (rotation === undefined) return undefined;
  return Math.max(rotation.since, material.at(-1)!.since) + rotation.periodInDays * day;
}

export function keyMetadata(key: KeyRecord, {account, arn}: {readonly account: string; readonly arn: string}) {
  return {
    AWSAccountId: account,
    KeyId: key.id,
    Arn: arn,
    CreationDate: new Date(key.createdAt),
    Enabled: keyState(key) === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: keyState(key),
    DeletionDate: key.deletionAt === undefined ? undefined : new Date(key.deletionAt),
    Origin: 'AWS_KMS',
    KeyManager: key.managedFor === undefined ? 'CUSTOMER' : 'AWS',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}
