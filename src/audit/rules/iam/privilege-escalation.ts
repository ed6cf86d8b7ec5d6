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
    const grantsFor = grantsFinder(role, inventory);
    const reported = new Map<string, {path: EscalationPath; grants: readonly Grant[]; ways: string[]}>();
    for (const path of escalationPaths) {
      const steps = path.actions.map(action => grantsFor(action).filter(grant => helps(action, grant, path, role.arn)));
      // `*` is reported by wildcard-action, in one finding instead of one for each way.
      if (steps.some(step => step.every(({action}) => isStar(action)))) continue;
      const grants = steps.map(step => step.find(({action}) => !isStar(action))!);
      const key = [...new Set(grants.map(({action, resource}) => `${action} on ${resource}`))].sort().join('\n');
      const same = reported.get(key);
      if (same === undefined) reported.set(key, {path, grants, ways: [path.how]});
      else same.ways.push(path.how);
    }
    for (const {grants, ways} of reported.values()) {
      const actions = [...new Set(grants.map(({action}) => action))];
      const resources = [...new Set(grants.map(({resource}) => resource))];
      yield {
        message: `with ${actions.join(' and ')} this role can ${[...new Set(ways)].join(', or ')}`,
        severity: severityOf(grants),
        origin: grants[0]!.statement.origin,
        evidence: {action: actions.join(' + '), resource: resources.join(' + '), ways: [...new Set(ways)]},
      };
    }
  },
});

/** A grant on one named resource of somebody's is a design, not a way up; a role that is passed by name is told as such. */
function helps(action: string, {resource, statement}: Grant, {passedTo}: EscalationPath, roleArn: string): boolean {
  if (action !== 'iam:PassRole') return passedTo !== undefined || /[*?]/.test(resource) || resource === roleArn;
  const services = statement.conditions.find(({key}) => key.toLowerCase() === 'iam:passedtoservice')?.values;
  const toService = services === undefined || services.some(service => isUnresolved(service) || service === passedTo);
  return toService && resource !== roleArn;
}

function severityOf(grants: readonly Grant[]): Severity {
  const passed = grants.find(({action}) => /^iam:passrole$/i.test(action));
  return passed !== undefined && !/[*?]/.test(passed.resource) ? 'info' : 'high';
}
