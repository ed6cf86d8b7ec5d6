/** What is stored; times are milliseconds, policies the text that was given. */
export interface RoleRecord {
  readonly roleName: string;
  readonly path: string;
  readonly roleId: string;
  readonly arn: string;
  readonly createDate: number;
  readonly trustPolicy: string;
  readonly description?: string;
  readonly maxSessionDuration: number;
  readonly tags: readonly Tag[];
  /** Policy name -> document. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** ARN of a managed policy. */
  readonly boundary?: string;
}

export interface ManagedPolicyRecord {
  readonly policyName: string;
  readonly path: string;
  readonly policyId: string;
  readonly arn: string;
  readonly description?: string;
  readonly createDate: number;
  readonly updateDate: number;
  readonly defaultVersionId: string;
  readonly versions: readonly PolicyVersionRecord[];
  /** A version's number is not given again after it was deleted. */
  readonly nextVersion: number;
  readonly tags: readonly Tag[];
}

export interface PolicyVersionRecord {
  readonly versionId: string;
  readonly document: string;
  readonly createDate: number;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}
