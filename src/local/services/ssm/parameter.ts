export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface ParameterRecord {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly versions: readonly ParameterVersion[];
}

export interface ParameterVersion {
  readonly version: number;
  readonly type: ParameterType;
  /** Of a SecureString the ciphertext, base64. */
  readonly value: string;
  readonly keyId?: string;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly labels: readonly string[];
  readonly modifiedAt: number;
  /** The ARN of whoever put it. */
  readonly modifiedBy: string;
}

export function newest({versions}: ParameterRecord): ParameterVersion {
  return versions.at(-1)!;
}

/** What DescribeParameters and GetParameterHistory say of a version alike. */
export function shownMetadata(name: string, version: ParameterVersion) {
  return {
    Name: name,
    Type: version.type,
    KeyId: version.keyId,
    LastModifiedDate: new Date(version.modifiedAt),
    LastModifiedUser: version.modifiedBy,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: 'Standard',
    Policies: [],
    DataType: 'text',
  };
}
