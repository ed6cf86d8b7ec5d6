import {expandAction} from '../../../iam/catalogue.ts';
import type {Severity} from '../../../model/finding.ts';
import {asWritten, isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {ofPolicyTemplate} from '../../of-policy-template.ts';
import {isStar} from '../../resource-pattern.ts';

export default defineRule({
  id: 'iam/wildcard-action',
  subject: 'statement',
  severity: 'high',
  title: 'A statement allows actions by a wildcard',
  why: 'A stolen credential, or a bug, can then do everything the service offers, not only what the code calls.',
  remedy: 'List the actions that the handler calls.',
  since: '0.1.0',
  examples: {bad: 'Action: s3:*', good: 'Action: [s3:GetObject, s3:PutObject]'},
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  *check({effect, actions, resources, notResources}, {policy}) {
    if (effect === 'Deny') return;
    for (const action of actions) {
      if (isUnresolved(action)) {
        yield {unknown: `the action ${action.text} is not known: ${action.reason}`};
        continue;
      }
      if (!/[*?]/.test(action)) continue;
      // A prefix in a policy template of SAM is SAM's.
      if (policy?.template !== undefined && severityOf(action) === 'info') continue;
      const about = (resources.length > 0 ? resources : notResources).map(asWritten);
      for (const resource of about)
        yield {
          message: `${describe(action)}${about.length > 1 ? ` on ${resource}` : ''}`,
          severity: severityOf(action),
          evidence: {action, resource},
          ...ofPolicyTemplate(policy),
        };
    }
  },
});

/** A prefix such as `kms:ReEncrypt*` is how AWS's own documentation writes some grants: worth knowing, no more. */
function severityOf(action: string): Severity {
  if (isStar(action) || action === '*:*') return 'critical';
  return /^[^:]+:\*+$/.test(action) ? 'high' : 'info';
}

function describe(action: string): string {
  if (severityOf(action) === 'critical') return `${action} allows every action of every service`;
  const count = expandAction(action).length;
  return `${action} allows ${count === 1 ? 'one action' : `${count} actions`}${count === 0 ? ' that gear knows of' : ''}`;
}
