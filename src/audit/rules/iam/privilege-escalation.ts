import {awsManagedPolicyName} from '../../../iam/managed-policies.ts';
import {coversResource, matchesAction} from '../../../iam/match.ts';
import {counted} from '../../../model/counted.ts';
import type {ExecutionRole} from '../../../model/execution-role.ts';
import type {Severity} from '../../../model/finding.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {type EscalationPath, escalationPaths} from '../../escalation-paths.ts';
import {type Grant, grantsFinder} from '../../grants.ts';
import {isStar} from '../../resource-pattern.ts';

export default defineRule({
  id: 'iam/privilege-escalation',
  subject: 'role',
  severity: 'high',
  title: 'A role can give itself more permissions',
  why: 'With these actions together, whoever has the function has more than the role was given, up to the whole account.',
  remedy: 'Take away one of the actions, or name the one resource that it is needed for.',
  since: '0.1.0',
  examples: {
    bad: "Action: [iam:PassRole, lambda:CreateFunction, lambda:InvokeFunction]\nResource: '*'",
    good: 'Action: lambda:InvokeFunction\nResource: !GetAtt Redrive.Arn',
  },
  reference: 'https://pathfinding.cloud',
  *check(role, {inventory}) {
    const grantsFor = grantsFinder(withoutServicePolicies(role), inventory);
    const reported = new Map<string, {path: EscalationPath; grants: readonly Grant[]; ways: string[]}>();
    for (const path of escalationPaths) {
      const grants: Grant[] = [];
      for (const action of path.actions) {
        const step = grantsFor(action).filter(grant => helps(action, grant, path, role.arn));
        // `*` is reported by wildcard-action, in one finding instead of one for each way.
        const grant = step.find(({action}) => !isStar(action));
        if (grant === undefined) break;
        grants.push(grant);
      }
      if (grants.length < path.actions.length) continue;
      const key = [...new Set(grants.map(means))].sort().join('\n');
      const same = reported.get(key);
      if (same === undefined) reported.set(key, {path, grants, ways: [path.how]});
      else same.ways.push(path.how);
    }
    for (const {grants, ways} of reported.values()) {
      const means = [...new Set(grants.map(({managedPolicy, action}) => nameOf(managedPolicy) ?? action))];
      const resources = [...new Set(grants.map(({resource}) => resource))];
      const how = [...new Set(ways)];
      yield {
        message: `with ${means.join(' and ')} this role can ${listed(how)}`,
        severity: severityOf(grants, role.arn),
        origin: grants[0]!.statement.origin,
        evidence: {action: means.join(' + '), resource: resources.join(' + '), ways: how},
      };
    }
  },
});

/** A managed policy is one means, however many of its statements help. */
function means({managedPolicy, action, resource}: Grant): string {
  return managedPolicy ?? `${action} on ${resource}`;
}

function nameOf(managedPolicy: string | undefined): string | undefined {
  return managedPolicy && awsManagedPolicyName(managedPolicy);
}

/** What AWS made for a service, in a role that only services other than Lambda assume, is no function's way up. */
function withoutServicePolicies(role: ExecutionRole): ExecutionRole {
  const {trustPolicy, managedPolicies} = role;
  if (isUnresolved(trustPolicy)) return role;
  const principals = trustPolicy.statements.map(({principal}) => principal ?? {});
  const others = principals.every(principal => Object.keys(principal).every(kind => kind === 'Service'));
  const lambda = principals.some(({Service = []}) => Service.some(name => isUnresolved(name) || /lambda/.test(name)));
  if (!others || lambda) return role;
  return {...role, managedPolicies: managedPolicies.filter(({arn}) => !String(arn).includes(':policy/service-role/'))};
}

function listed(ways: readonly string[]): string {
  const [first = '', second, third, ...others] = ways;
  const shown = [first, second, third].filter(way => way !== undefined).join(', or ');
  return others.length === 0 ? shown : `${shown}, and so on in ${counted(others.length, 'more way')}`;
}

/** A grant on one named resource of somebody's is a design, not a way up; a role that is passed by name is told as such. */
function helps(action: string, {resource, statement}: Grant, {passedTo}: EscalationPath, roleArn: string): boolean {
  if (action !== 'iam:PassRole') return passedTo !== undefined || /[*?]/.test(resource) || resource === roleArn;
  const services = statement.conditions.find(({key}) => key.toLowerCase() === 'iam:passedtoservice')?.values;
  const toService = services === undefined || services.some(service => isUnresolved(service) || service === passedTo);
  return toService && resource !== roleArn;
}

function severityOf(grants: readonly Grant[], roleArn: string): Severity {
  const passed = grants.find(({action}) => /^iam:passrole$/i.test(action));
  if (passed !== undefined && !/[*?]/.test(passed.resource)) return 'info';
  const [only] = grants;
  const ofItself =
    grants.length === 1 &&
    rewritesItself.some(action => matchesAction(only!.action, action)) &&
    coversResource(only!.resource, roleArn);
  return ofItself ? 'critical' : 'high';
}

/** One call, and the role has everything. */
const rewritesItself = ['iam:AttachRolePolicy', 'iam:PutRolePolicy'];
