import {awsManagedPolicy, awsManagedPolicyName} from '../../../iam/managed-policies.ts';
import type {ExecutionRole, IdentityPolicy} from '../../../model/execution-role.ts';
import type {Statement} from '../../../model/policy.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {type Detection, defineRule, type RuleContext, type Unknown} from '../../define-rule.ts';
import {type GrantUse, grantUses} from '../../permission-use.ts';

export default defineRule({
  id: 'iam/unused-permission',
  subject: 'role',
  severity: 'low',
  title: 'A role may do what its functions have never done',
  why: 'Whoever takes over the function, or its credentials, may do it.',
  remedy: 'Take what is not used out of the statement.',
  since: '0.1.0',
  examples: {
    bad: 'Action: [dynamodb:GetItem, dynamodb:DeleteTable]',
    good: 'Action: dynamodb:GetItem',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html',
  *check(role, context) {
    if (role.use === undefined) return;
    if (isUnresolved(role.use)) {
      yield {unknown: role.use.reason};
      return;
    }
    for (const policy of context.inventory.policies)
      if (policy.roles.includes(role.arn)) yield* unusedOf(policy, context);
    for (const {arn} of role.managedPolicies) if (!isUnresolved(arn)) yield* unusedManaged(role, arn, context);
  },
});

function* unusedOf(policy: IdentityPolicy, {inventory, today}: RuleContext): Generator<Detection | Unknown> {
  const {document} = policy;
  if (isUnresolved(document)) return;
  const roles = inventory.roles.filter(({arn}) => policy.roles.includes(arn));
  for (const statement of document.statements.filter(({effect}) => effect === 'Allow')) {
    const uses = grantUses({policy, statement, roles, inventory, today});
    const place = `statement ${statement.sid ?? statement.index + 1} of policy ${policy.name}`;
    const at = {resource: policy.resource, origin: statement.origin};
    for (const [reason, actions] of unknownOf(uses))
      yield {unknown: `${reason} (${actions.join(', ')} in ${place})`, ...at};
    const remedy = remedyFor(uses, place, policy);
    for (const {action, resource, use} of uses)
      if (typeof use === 'object' && 'unused' in use)
        yield {
          message: `${use.unused} ${action} on ${resource}, which ${place} allows`,
          evidence: {action, resource, policy: policy.name, statement: nameOf(statement)},
          key: policy.name,
          remedy,
          ...(roles.length > 1 ? {function: null} : {}),
          ...at,
        };
  }
}

function nameOf({sid, index}: Statement): string | number {
  return sid ?? index + 1;
}

/** The actions by the reason why nobody can tell. */
function unknownOf(uses: readonly GrantUse[]): ReadonlyMap<string, readonly string[]> {
  const actions = new Map<string, string[]>();
  for (const {action, use} of uses)
    if (typeof use === 'object' && 'unknown' in use)
      actions.set(use.unknown, [...new Set([...(actions.get(use.unknown) ?? []), action])]);
  return actions;
}

function isUnused({use}: GrantUse): boolean {
  return typeof use === 'object' && 'unused' in use;
}

/** The smallest change: a whole statement, some of its actions, or an action on some of its resources. */
function remedyFor(uses: readonly GrantUse[], place: string, {resource}: IdentityPolicy): string {
  const others = resource.startsWith('arn:') ? ', or give the role a policy of its own when others need it' : '';
  if (uses.every(isUnused)) return `Remove ${place}${others}.`;
  const byAction = [...Map.groupBy(uses, ({action}) => action)];
  const whole = byAction.filter(([, own]) => own.every(isUnused)).map(([action]) => action);
  const parts = byAction
    .filter(([action]) => !whole.includes(action))
    .map(([action, own]) => ({action, resources: own.filter(isUnused).map(each => each.resource)}))
    .filter(({resources}) => resources.length > 0)
    .map(({action, resources}) => `${action} on ${resources.join(', ')}`);
  const taken = whole.length === 0 ? [] : [`Take ${whole.join(', ')} out of ${place}`];
  const split =
    parts.length === 0
      ? []
      : [`${taken.length === 0 ? `Split ${place}` : 'split what is left'}, without ${parts.join('; ')}`];
  return `${[...taken, ...split].join('; ')}${others}.`;
}

/** Nobody can take a statement out of a policy of AWS: it goes as a whole, or not at all. */
function* unusedManaged(
  role: ExecutionRole,
  arn: string,
  {inventory, today}: RuleContext,
): Generator<Detection | Unknown> {
  const document = awsManagedPolicy(arn, role.origin);
  const name = awsManagedPolicyName(arn);
  if (document === undefined || name === undefined) return;
  const policy = {name, resource: arn};
  const uses = document.statements
    .filter(({effect}) => effect === 'Allow')
    .flatMap(statement => grantUses({policy, statement, roles: [role], inventory, today}));
  if (uses.some(({use}) => use === 'used')) return;
  if (uses.every(isUnused))
    yield {
      message: `${role.name} has used nothing of ${name}`,
      evidence: {managedPolicy: arn},
      remedy: `Detach ${name} from the role.`,
      key: arn,
    };
  else for (const [reason] of unknownOf(uses)) yield {unknown: `${reason} (${name})`};
}
