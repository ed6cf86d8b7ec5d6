import {coversResource, matchesAction} from '../iam/match.ts';
import type {IdentityPolicy} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {Statement} from '../model/policy.ts';
import {isUnresolved, type Resolvable} from '../model/resolvable.ts';

/**
 * What Lambda does with a function's role to give it a place in a VPC. It asks about every interface of an account, so
 * no narrower resource will do.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function isNetworkOfFunction(action: string): boolean {
  return networkActions.has(action.toLowerCase());
}

const networkActions: ReadonlySet<string> = new Set(
  ['CreateNetworkInterface', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'].map(
    name => `ec2:${name}`.toLowerCase(),
  ),
);

/** Interfaces of one account in one region; a placeholder stands for one. */
export function isInOnePlace(resource: string): boolean {
  return /^arn:[^:*]+:ec2:(\$\{[^}]*\}|[^:*]+):(\$\{[^}]*\}|[^:*]+):/.test(
    resource.replaceAll(/\$\{AWS::(\w+)\}/g, '$1'),
  );
}

/**
 * Whether a role that has this policy keeps the action from the function's own code: what Lambda does has no
 * `lambda:SourceFunctionArn`.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function isKeptFromCode(
  action: string,
  resource: string,
  policy: IdentityPolicy,
  inventory: Inventory,
): boolean {
  const denies = (role: Resolvable<string>) =>
    inventory.policies
      .filter(({roles}) => roles.includes(role))
      .flatMap(({document}) => (isUnresolved(document) ? [] : document.statements))
      .some(statement => deniesCode(statement, action, resource));
  return policy.roles.length > 0 && policy.roles.every(denies);
}

function deniesCode({effect, actions, resources, conditions}: Statement, action: string, resource: string): boolean {
  const [condition] = conditions;
  return (
    effect === 'Deny' &&
    conditions.length === 1 &&
    condition?.operator === 'Null' &&
    condition.key.toLowerCase() === 'lambda:sourcefunctionarn' &&
    condition.values.every(value => value === 'false') &&
    actions.some(pattern => !isUnresolved(pattern) && matchesAction(pattern, action)) &&
    resources.some(pattern => !isUnresolved(pattern) && coversResource(pattern, resource))
  );
}
