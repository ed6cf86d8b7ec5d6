import type {NamedPolicy} from '../model/policy.ts';

/** Who makes a request. */
export type Caller = Developer | AssumedRole | ServicePrincipal;

/** The person at the machine: administrator of the local account. */
export interface Developer {
  readonly kind: 'developer';
  /** `arn:aws:iam::000000000000:user/developer`. */
  readonly arn: string;
}

/** The developer's `aws:userid`. */
export const developerId = 'AIDADEVELOPER00000000';

export interface AssumedRole {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** `arn:aws:sts::000000000000:assumed-role/<role>/<session>`. */
  readonly arn: string;
  /** Set when the credentials were given to a function's execution environment. */
  readonly functionName?: string;
  /** What an AWS service does with the role's permissions, such as polling a queue: it counts as the role's use. */
  readonly onBehalf?: string;
  /** The policies passed when the role was assumed: the session can do what these and the role's own allow. */
  readonly sessionPolicies?: readonly NamedPolicy[];
}

/** A service acting for itself; only resource policies can allow it. */
export interface ServicePrincipal {
  readonly kind: 'service';
  /** `s3.amazonaws.com`. */
  readonly principal: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}
