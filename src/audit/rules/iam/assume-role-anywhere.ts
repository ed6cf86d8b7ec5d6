import {matchesAction} from '../../../iam/match.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {allowsWholeService, namesNothing} from '../../resource-pattern.ts';
import {scopingCondition} from '../../scoping-condition.ts';

export default defineRule({
  id: 'iam/assume-role-anywhere',
  subject: 'statement',
  severity: 'high',
  title: 'A statement allows any role to be assumed',
  why: 'The function can then become every role whose trust policy does not name it away, in this account and in others.',
  remedy: 'Name the roles that the function assumes.',
  since: '0.1.0',
  examples: {
    bad: "Action: sts:AssumeRole\nResource: '*'",
    good: 'Action: sts:AssumeRole\nResource: arn:aws:iam::111122223333:role/billing-reader',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html',
  *check(statement) {
    if (statement.effect === 'Deny') return;
    const condition = scopingCondition(statement);
    for (const action of statement.actions) {
      if (isUnresolved(action) || allowsWholeService(action) || !matchesAction(action, 'sts:AssumeRole')) continue;
      for (const resource of statement.resources) {
        if (isUnresolved(resource)) yield {unknown: `the resource ${resource.text} is not known: ${resource.reason}`};
        else if (namesNothing(resource))
          yield {
            message: `any role can be assumed (${resource})${condition === undefined ? '' : `, narrowed only by ${condition}`}`,
            ...(condition === undefined ? {} : {severity: 'low' as const}),
            evidence: {action, resource},
          };
      }
    }
  },
});
