import type {NamedPolicy} from '../model/policy.ts';

/** What access asks of whoever keeps the roles. */
export interface Identity {
  /** Undefined for a role that does not exist. The answer changes only when the role or one of its policies does. */
  role(roleArn: string): RoleIdentity | undefined;
  /** Whether the role's trust policy lets the service assume it; false for a role that does not exist. */
  trusts(roleArn: string, question: TrustQuestion): boolean;
}

export interface RoleIdentity {
  readonly roleName: string;
  readonly roleArn: string;
  /** `AROA...`: with the session's name it is `aws:userid`. */
  readonly roleId: string;
  /** Inline policies, then attached ones. */
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  readonly tags: Readonly<Record<string, string>>;
  readonly maxSessionDuration: number;
}

/** Whether an AWS service may assume a role, and for what. */
export interface TrustQuestion {
  /** `lambda.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}
