import {asWritten, type Resolvable} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/not-action',
  subject: 'statement',
  severity: 'high',
  title: 'A statement allows everything except a list',
  why: 'Allow with NotAction or NotResource grows by itself: every action and service that AWS adds is allowed too.',
  remedy: 'List what is allowed with Action and Resource; NotAction belongs into a Deny.',
  since: '0.1.0',
  examples: {
    bad: "Effect: Allow\nNotAction: iam:*\nResource: '*'",
    good: 'Effect: Allow\nAction: s3:GetObject\nResource: arn:aws:s3:::receipts/*',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
  *check({effect, actions, notActions, resources, notResources}) {
    if (effect === 'Deny') return;
    if (notActions.length > 0)
      yield {
        message: `every action except ${listed(notActions)} is allowed`,
        evidence: {action: `not ${listed(notActions)}`, resource: listed(resources)},
      };
    if (notResources.length > 0)
      yield {
        message: `${listed(actions)} is allowed on every resource except ${listed(notResources)}`,
        evidence: {action: listed(actions), resource: `not ${listed(notResources)}`},
      };
  },
});

function listed(values: readonly Resolvable<string>[]): string {
  return values.map(asWritten).join(', ');
}
