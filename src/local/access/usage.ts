import {patternPairs} from '../../iam/match-statement.ts';
import type {NamedPolicy} from '../../model/policy.ts';
import type {Identity} from '../identity.ts';
import type {Service} from '../operation.ts';
import {isCovered} from './coverage.ts';
import type {AccessRecord} from './record.ts';
import {pairKey, type UsageEntry} from './usage-entry.ts';

interface UsageOptions {
  readonly identity: Identity;
  readonly record: Pick<AccessRecord, 'usageOf'>;
  readonly services: ReadonlyMap<string, Service>;
  /** All there are: a role may be shared with one that is not asked for. */
  readonly functions: readonly UsedFunction[];
  /** Roles that stacks have made for services, not for functions. */
  readonly roles?: readonly UsedRole[];
  /** The one that is asked for, by its name or logical ID; all unless said. */
  readonly wanted?: string | undefined;
}

export interface UsedFunction {
  readonly functionName: string;
  readonly roleArn: string;
  readonly logicalId?: string;
  readonly stackName?: string;
  readonly invocations: number;
}

/** A role that a service acts as: Scheduler, say. */
export interface UsedRole {
  readonly roleArn: string;
  readonly logicalId: string;
  readonly stackName: string;
}

export interface UsageReport {
  readonly functions: readonly FunctionUsage[];
  readonly roles: readonly RoleUsage[];
  readonly summary: UsageCounts;
}

export interface UsageCounts {
  readonly granted: number;
  readonly used: number;
  readonly unused: number;
  readonly notExercised: number;
  /** Calls that were denied and not allowed since, counted by action and resource. */
  readonly denied: number;
}

export interface FunctionUsage extends UsedFunction {
  /** Names of other functions with the same role: what one of them uses counts for all. */
  readonly sharedWith: readonly string[];
  readonly counts: UsageCounts;
  /** Every action pattern on every resource pattern that a statement of the role allows. */
  readonly granted: readonly Grant[];
  readonly denied: readonly DeniedCall[];
}

export type RoleUsage = UsedRole & Pick<FunctionUsage, 'counts' | 'granted' | 'denied'>;

export interface Grant {
  readonly policy: string;
  readonly sid?: string;
  readonly index: number;
  readonly action: string;
  readonly resource: string;
  /** `not exercised` says nothing against the grant: the run could not have used it. */
  readonly status: 'used' | 'unused' | 'not exercised';
  /** Why it was not exercised. */
  readonly reason?: string;
  readonly count: number;
  readonly uses: readonly Use[];
}

/** What a pattern was used for. */
export interface Use {
  readonly action: string;
  readonly resource: string;
  readonly count: number;
  /** How many of them an AWS service made on the role's behalf, such as polling its queue. */
  readonly onBehalf: number;
  /** ISO 8601. */
  readonly first: string;
  readonly last: string;
  readonly lastRequestId: string;
}

export interface DeniedCall {
  readonly action: string;
  readonly resource: string;
  readonly count: number;
  readonly last: string;
  readonly lastRequestId: string;
  readonly message: string;
  /** The same call was allowed later: somebody has given the role what it lacked. */
  readonly allowedSince: boolean;
}

/** What the role of each function is granted, and what came of it; the same for roles that services act as. */
export function usageReport(options: UsageOptions): UsageReport {
  const {identity, record, services, wanted} = options;
  const isWanted = ({functionName, logicalId}: {functionName?: string; logicalId?: string}) =>
    wanted === undefined || functionName === wanted || logicalId === wanted;
  const usageOf = (roleArn: string, idle: string | undefined) => {
    const entries = record.usageOf(roleArn);
    const granted = (identity.role(roleArn)?.policies ?? []).flatMap(policy =>
      grantsOf(policy, entries, idle, services),
    );
    const denied = entries.filter(entry => entry.denied > 0).map(deniedCall);
    return {counts: count(granted, denied), granted, denied};
  };
  const functions = options.functions.filter(isWanted).map((used): FunctionUsage => {
    const sharedWith = options.functions
      .filter(other => other !== used && other.roleArn === used.roleArn)
      .map(({functionName}) => functionName);
    return {...used, sharedWith, ...usageOf(used.roleArn, used.invocations === 0 ? functionIdle : undefined)};
  });
  const roles = (options.roles ?? [])
    .filter(isWanted)
    .filter(role => options.functions.every(({roleArn}) => roleArn !== role.roleArn))
    .map(
      (role): RoleUsage => ({
        ...role,
        ...usageOf(role.roleArn, record.usageOf(role.roleArn).length === 0 ? roleIdle : undefined),
      }),
    );
  return {functions, roles, summary: sum([...functions, ...roles].map(({counts}) => counts))};
}

const functionIdle = 'the function was not invoked';
const roleIdle = 'no service took the role';

function grantsOf(
  policy: NamedPolicy,
  entries: readonly UsageEntry[],
  idle: string | undefined,
  services: ReadonlyMap<string, Service>,
): Grant[] {
  return policy.document.statements
    .filter(({effect}) => effect === 'Allow')
    .flatMap(statement =>
      patternPairs(statement).map((pair): Grant => {
        const {sid, index} = statement;
        const named = {policy: policy.name, ...(sid ? {sid} : {}), index, ...pair};
        const key = pairKey(named);
        const uses = entries.filter(({pairs}) => pairs.includes(key)).map(use);
        const total = uses.reduce((calls, one) => calls + one.count, 0);
        return {...named, ...statusOf(pair.action, total, idle, services), count: total, uses};
      }),
    );
}

function statusOf(
  action: string,
  calls: number,
  idle: string | undefined,
  services: ReadonlyMap<string, Service>,
): Pick<Grant, 'status' | 'reason'> {
  if (calls > 0) return {status: 'used'};
  if (!isCovered(action, services)) return {status: 'not exercised', reason: `gear local does not implement ${action}`};
  if (idle !== undefined) return {status: 'not exercised', reason: idle};
  return {status: 'unused'};
}

function use({action, resource, allowed, onBehalf, first, last, lastRequestId}: UsageEntry): Use {
  return {action, resource, count: allowed, onBehalf, first: iso(first), last: iso(last), lastRequestId};
}

function deniedCall({
  action,
  resource,
  denied,
  last,
  lastRequestId,
  lastAllowed,
  message = '',
}: UsageEntry): DeniedCall {
  return {action, resource, count: denied, last: iso(last), lastRequestId, message, allowedSince: lastAllowed};
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function count(granted: readonly Grant[], denied: readonly DeniedCall[]): UsageCounts {
  const having = (status: Grant['status']) => granted.filter(grant => grant.status === status).length;
  return {
    granted: granted.length,
    used: having('used'),
    unused: having('unused'),
    notExercised: having('not exercised'),
    denied: denied.filter(({allowedSince}) => !allowedSince).length,
  };
}

function sum(counts: readonly UsageCounts[]): UsageCounts {
  const total = (key: keyof UsageCounts) => counts.reduce((result, one) => result + one[key], 0);
  return {
    granted: total('granted'),
    used: total('used'),
    unused: total('unused'),
    notExercised: total('notExercised'),
    denied: total('denied'),
  };
}
