import type {Origin} from './origin.ts';
import type {PolicyDocument} from './policy.ts';
import type {Resolvable} from './resolvable.ts';
import type {RoleUse} from './role-use.ts';

export interface ExecutionRole {
  /** Logical ID in a template, role name in an account. */
  readonly name: string;
  readonly arn: string;
  readonly trustPolicy: Resolvable<PolicyDocument>;
  /** Policies of AWS, or of nobody in this inventory. */
  readonly managedPolicies: readonly AttachedManagedPolicy[];
  readonly permissionsBoundary?: Resolvable<string>;
  /** What the boundary allows, where that was read; a policy of AWS is known by its ARN. */
  readonly boundaryDocument?: Resolvable<PolicyDocument>;
  /** As days, `2026-11-21`. Of a role of an account, where AWS tells. */
  readonly lifetime?: RoleLifetime;
  /** Absent where nobody asked for it. */
  readonly use?: Resolvable<RoleUse>;
  readonly origin: Origin;
}

interface RoleLifetime {
  readonly created: string;
  /** Absent when it was never used. */
  readonly lastUsed?: string;
}

export interface AttachedManagedPolicy {
  readonly arn: Resolvable<string>;
  /** The resource that says so. */
  readonly resource: string;
  readonly origin: Origin;
}

/** An inline policy, or a managed policy whose document was read. */
export interface IdentityPolicy {
  readonly name: string;
  /** Logical ID of the resource that holds the document; in an account the role's name or the policy's ARN. */
  readonly resource: string;
  /** ARNs of the roles that have it. */
  readonly roles: readonly Resolvable<string>[];
  readonly document: Resolvable<PolicyDocument>;
  /** What of SAM stands for the document: the name of a policy template, `connector`, or `SAM` for what it adds itself. */
  readonly template?: string;
  readonly origin: Origin;
}
