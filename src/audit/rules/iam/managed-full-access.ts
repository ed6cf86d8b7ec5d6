import {describeAction, expandAction} from '../../../iam/catalogue.ts';
import {awsManagedPolicy, awsManagedPolicyName, managedPoliciesDate} from '../../../iam/managed-policies.ts';
import type {Severity} from '../../../model/finding.ts';
import type {PolicyDocument, Statement} from '../../../model/policy.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {isExposing} from '../../exposing-actions.ts';
import {isLogging} from '../../logging-actions.ts';
import {allowsWholeService, isStar, namesNothing} from '../../resource-pattern.ts';
import {scopingCondition} from '../../scoping-condition.ts';

export default defineRule({
  id: 'iam/managed-full-access',
  subject: 'role',
  severity: 'high',
  title: 'A role has a managed policy of AWS that allows far more than one function needs',
  why: 'Managed policies allow actions on every resource, as AWS does not know which of them is yours, and AWS may add to them.',
  remedy: 'Replace it by an inline policy with the actions and the resources that are used.',
  since: '0.1.0',
  examples: {
    bad: 'ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3FullAccess]',
    good: 'Policies:\n  - PolicyName: receipts\n    PolicyDocument: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: arn:aws:s3:::receipts/*}]}',
  },
  reference: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html',
  *check({managedPolicies}) {
    for (const {arn, resource, origin} of managedPolicies) {
      if (isUnresolved(arn)) {
        yield {unknown: `the managed policy ${arn.text} is not known: ${arn.reason}`, origin};
        continue;
      }
      const document = awsManagedPolicy(arn, origin);
      const name = awsManagedPolicyName(arn);
      if (document === undefined) {
        const reason =
          name === undefined
            ? 'its document is not in what was read'
            : `it is not among the policies of AWS as of ${managedPoliciesDate()}`;
        yield {unknown: `what ${name ?? arn} allows is not known: ${reason}`, origin};
        continue;
      }
      const worst = judge(document, arn);
      if (worst !== undefined)
        yield {
          message: `${name} is attached; it allows ${worst.what}`,
          severity: worst.severity,
          resource,
          origin,
          evidence: {managedPolicy: arn, allows: worst.allows},
          key: arn,
        };
    }
  },
});

interface Judgement {
  readonly severity: Severity;
  readonly what: string;
  readonly allows: readonly string[];
}

/** By what it says and not by its name. What AWS made for one service to work is measured by wildcards alone. */
function judge(document: PolicyDocument, arn: string): Judgement | undefined {
  const everywhere = document.statements.filter(isEverywhere);
  if (everywhere.some(({actions}) => actions.some(action => isStar(String(action)))))
    return {severity: 'critical', what: 'every action of every service', allows: ['*']};
  const excepted = everywhere.find(({notActions}) => notActions.length > 0);
  if (excepted !== undefined)
    return {severity: 'high', what: `everything except ${excepted.notActions.join(', ')}`, allows: ['*']};
  const actions = [...new Set(everywhere.flatMap(statement => statement.actions.map(String)))];
  const whole = actions.filter(allowsWholeService).sort();
  if (whole.length > 0) return {severity: 'high', what: `${listed(whole)} on every resource`, allows: whole};
  if (arn.includes(':policy/service-role/')) return undefined;
  const exposing = actions.filter(exposes).sort();
  if (exposing.length === 0) return undefined;
  const services = new Set(exposing.map(action => action.split(':')[0]));
  return {
    severity: services.size > 5 ? 'high' : 'medium',
    what: `${listed(exposing)} on every resource`,
    allows: exposing,
  };
}

function isEverywhere(statement: Statement): boolean {
  return (
    statement.effect === 'Allow' &&
    statement.resources.some(resource => namesNothing(String(resource))) &&
    scopingCondition(statement) === undefined
  );
}

/** Changes what could be named, or reads what is private. */
function exposes(pattern: string): boolean {
  const actions = /[*?]/.test(pattern) ? expandAction(pattern) : [pattern];
  return actions.some(action => {
    const described = describeAction(action);
    if (described?.class !== 'restrictable' || isLogging(action)) return false;
    return isExposing(action) || /^(Write|Permissions management)$/.test(described.accessLevel);
  });
}

function listed(patterns: readonly string[]): string {
  const shown = patterns.slice(0, 3).join(', ');
  return patterns.length > 3 ? `${shown} and ${patterns.length - 3} more` : shown;
}
