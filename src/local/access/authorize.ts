import {type Decision, evaluate} from '../../iam/evaluate.ts';
import {explainDenial} from '../../iam/explain-denial.ts';
import {parsePolicy} from '../../iam/parse-policy.ts';
import type {RequestPrincipal} from '../../iam/principals.ts';
import type {NamedPolicy} from '../../model/policy.ts';
import type {Caller} from '../caller.ts';
import type {Clock} from '../clock.ts';
import type {Identity} from '../identity.ts';
import type {PermissionRequest} from '../operation.ts';
import {conditionContext} from './request-context.ts';
import type {ResourcePolicies} from './resource-policies.ts';

interface AuthorizeOptions {
  readonly identity: Identity;
  readonly resourcePolicies: ResourcePolicies;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

export interface Authorization {
  readonly decision: Decision;
  /** AWS's sentence, when it is denied. */
  readonly message?: string;
}

export function authorize(caller: Caller, request: PermissionRequest, options: AuthorizeOptions): Authorization {
  const {identity, resourcePolicies, clock, account, region} = options;
  const role = caller.kind === 'role' ? identity.role(caller.roleArn) : undefined;
  const resource = resourcePolicies.of(request);
  const decision = evaluate({
    identity: caller.kind === 'developer' ? administrator : (role?.policies ?? []),
    boundary: role?.boundary && [role.boundary],
    session: caller.kind === 'role' ? caller.sessionPolicies : undefined,
    resource,
    request: {
      action: request.action,
      resource: request.resource,
      context: conditionContext(caller, role, {request, account, region, now: clock.now()}),
      principal: principalOf(caller, account),
      resourcePolicyDecides: request.action.startsWith('sts:AssumeRole') || isKey(request, resource),
    },
  });
  if (decision.allowed) return {decision};
  const {action} = request;
  return {
    decision,
    message: explainDenial({caller: nameOf(caller), action, resource: request.resource, denial: decision.denial}),
  };
}

/** Every KMS key has a policy; what has none is a key that is not there, which is for KMS to say. */
function isKey({action}: PermissionRequest, policy: NamedPolicy | undefined): boolean {
  return action.startsWith('kms:') && policy !== undefined;
}

/** The ARN, or the service principal. */
export function nameOf(caller: Caller): string {
  return caller.kind === 'service' ? caller.principal : caller.arn;
}

function principalOf(caller: Caller, account: string): RequestPrincipal {
  if (caller.kind === 'service') return {kind: 'service', service: caller.principal};
  if (caller.kind === 'role') return {kind: 'role', arn: caller.arn, roleArn: caller.roleArn, account};
  return {kind: 'user', arn: caller.arn, account};
}

/** The developer may do everything that no resource policy denies. */
const administrator: readonly NamedPolicy[] = [
  {
    name: 'AdministratorAccess',
    document: parsePolicy(
      {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}},
      {arn: 'arn:aws:iam::aws:policy/AdministratorAccess', region: ''},
    ),
  },
];
