import type {Severity} from '../../../model/finding.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/managed-full-access',
  subject: 'role',
  severity: 'high',
  title: 'A role has a managed policy of AWS that allows far more than one function needs',
  why: 'Policies such as AmazonS3FullAccess allow every action on every resource of a service, and AWS may add to them.',
  remedy: 'Replace it by an inline policy with the actions and the resources that the handler uses.',
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
      const name = /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
      const severity = name === undefined ? undefined : severityOf(name);
      if (severity !== undefined)
        yield {message: `${name} is attached`, severity, resource, origin, evidence: {managedPolicy: arn}, key: arn};
    }
  },
});

function severityOf(name: string): Severity | undefined {
  if (name === 'AdministratorAccess') return 'critical';
  if (name === 'PowerUserAccess' || name === 'IAMFullAccess' || /Full_?Access/.test(name)) return 'high';
  return name === 'ReadOnlyAccess' || name === 'SecretsManagerReadWrite' ? 'high' : undefined;
}
