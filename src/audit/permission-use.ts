import {expandAction} from '../iam/catalogue.ts';
import {patternPairs} from '../iam/match-statement.ts';
import type {ExecutionRole} from '../model/execution-role.ts';
import type {Inventory} from '../model/inventory.ts';
import type {Statement} from '../model/policy.ts';
import {isUnresolved} from '../model/resolvable.ts';
import type {LastAccessed, RecordedUse} from '../model/role-use.ts';

/** What came of an action on a resource, as a statement grants them. */
export interface GrantUse {
  /** As it is written. */
  readonly action: string;
  /** All of the statement's, where nobody tells them apart. */
  readonly resource: string;
  readonly use: Use;
}

/** A sentence's part each: who did not use it, and why nobody can tell. */
export type Use = 'used' | {readonly unused: string} | {readonly unknown: string};

interface Granting {
  readonly policy: {readonly name: string; readonly resource: string};
  readonly statement: Statement;
  /** All that have the policy: what one of them uses is needed. */
  readonly roles: readonly ExecutionRole[];
  readonly inventory: Inventory;
  readonly today: string;
}

export function grantUses(granting: Granting): readonly GrantUse[] {
  const {statement, roles} = granting;
  const recorded = roles.every(({use}) => !isUnresolved(use) && use?.kind === 'recorded');
  const pairs = patternPairs(statement);
  const actions = new Set(pairs.map(({action}) => action));
  const apart = recorded ? pairs : [...actions].map(action => ({action, resource: resourcesOf(pairs, action)}));
  return apart.map(pair => ({...pair, use: allTogether(roles.map(role => useBy(role, pair, granting)))}));
}

function resourcesOf(pairs: ReturnType<typeof patternPairs>, action: string): string {
  return pairs
    .filter(pair => pair.action === action)
    .map(({resource}) => resource)
    .join(', ');
}

function allTogether(uses: readonly Use[]): Use {
  if (uses.includes('used')) return 'used';
  return uses.find(use => typeof use === 'object' && 'unknown' in use) ?? uses[0] ?? {unknown: 'no role has it'};
}

function useBy(role: ExecutionRole, pair: {action: string; resource: string}, granting: Granting): Use {
  const {use} = role;
  if (use === undefined) return {unknown: `${role.name} has it too, and is of no function here`};
  if (isUnresolved(use)) return {unknown: use.reason};
  if (neededByLambda(role, pair.action, granting)) return 'used';
  return use.kind === 'recorded' ? recordedUse(use, pair, granting) : lastAccessed(use, role, pair.action, granting);
}

function recordedUse(
  {grants}: RecordedUse,
  {action, resource}: {action: string; resource: string},
  {policy, statement}: Granting,
): Use {
  const grant = grants.find(
    each =>
      (each.policy === policy.name || each.policy === policy.resource) &&
      each.index === statement.index &&
      each.action === action &&
      each.resource === resource,
  );
  if (grant === undefined) return {unknown: 'there is no record of it'};
  if (grant.status === 'used') return 'used';
  return grant.status === 'unused'
    ? {unused: 'nothing that ran used'}
    : {unknown: `not exercised: ${grant.reason ?? 'the run could not have used it'}`};
}

function lastAccessed({services}: LastAccessed, role: ExecutionRole, action: string, {today}: Granting): Use {
  const created = role.lifetime?.created;
  if (created === undefined) return {unknown: 'AWS does not tell when the role was made'};
  if (daysBetween(created, today) < newFor)
    return {unknown: `${role.name} is from ${created}, which is less than ${newFor} days ago`};
  const tracked = new Date(Date.parse(today) - trackingDays * 86_400_000).toISOString().slice(0, 10);
  const unused = {unused: `${role.name} has since ${created > tracked ? created : tracked} not used`};
  if (action === '*') return [...services.values()].some(({lastUsed}) => lastUsed !== undefined) ? 'used' : unused;
  if (action.startsWith('NotAction '))
    return {unknown: 'it allows all but a few actions, which nobody tracks one by one'};
  const [prefix = '', name = ''] = action.toLowerCase().split(':');
  const service = services.get(prefix);
  if (service === undefined) return {unknown: `AWS does not tell whether ${role.name} uses ${prefix}`};
  if (service.lastUsed === undefined) return unused;
  if (name === '*') return 'used';
  const expanded = expandAction(action).map(each => each.split(':')[1]!.toLowerCase());
  const names = expanded.length === 0 ? [name] : expanded;
  if (names.some(each => service.usedActions.has(each))) return 'used';
  if (names.every(each => service.unusedActions.has(each))) return unused;
  return {unknown: `AWS does not track the action, and ${role.name} uses ${prefix}`};
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html#access-advisor_tracking-period */
const trackingDays = 400;

/** Days after which a role is no longer new, as for the rule about unused roles. */
const newFor = 30;

function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** What AWSLambdaVPCAccessExecutionRole has for EC2: Lambda itself needs it, and hardly ever. */
function neededByLambda({arn}: ExecutionRole, action: string, {inventory}: Granting): boolean {
  if (!/^ec2:/i.test(action)) return false;
  const inVpc = inventory.functions.some(({role, vpc}) => role === arn && vpc !== undefined);
  const names = inVpc ? expandAction(action) : [];
  return names.length > 0 && names.every(name => forNetworkInterfaces.test(name));
}

const forNetworkInterfaces =
  /^ec2:(?:(?:Create|Describe|Delete)NetworkInterfaces?|DescribeSubnets|(?:Una|A)ssignPrivateIpAddresses)$/;
