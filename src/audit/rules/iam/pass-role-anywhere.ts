import {matchesAction} from '../../../iam/match.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {allowsWholeService, namesNothing} from '../../resource-pattern.ts';

export default defineRule({
  id: 'iam/pass-role-anywhere',
  subject: 'statement',
  severity: 'high',
  title: 'A statement allows any role to be passed on',
  why: 'Whoever may pass any role to a service can have that service act with the most powerful role of the account.',
  remedy: 'Name the one role that is passed on, and the service in a condition on iam:PassedToService.',
  since: '0.1.0',
  examples: {
    bad: "Action: iam:PassRole\nResource: '*'",
    good: 'Action: iam:PassRole\nResource: !GetAtt TaskRole.Arn\nCondition: {StringEquals: {iam:PassedToService: ecs-tasks.amazonaws.com}}',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  *check({effect, actions, resources, conditions}) {
    if (effect === 'Deny') return;
    const limited = conditions.find(({key}) => key.toLowerCase() === 'iam:passedtoservice');
    for (const action of actions) {
      if (isUnresolved(action) || allowsWholeService(action) || !matchesAction(action, 'iam:PassRole')) continue;
      for (const resource of resources) {
        if (isUnresolved(resource)) yield {unknown: `the resource ${resource.text} is not known: ${resource.reason}`};
        else if (namesNothing(resource) && limited === undefined)
          yield {message: `any role can be passed to any service (${resource})`, evidence: {action, resource}};
        else if (namesNothing(resource))
          yield {
            message: `any role can be passed to ${limited!.values.map(String).join(', ')} (${resource})`,
            severity: 'low',
            evidence: {action, resource, condition: 'iam:PassedToService'},
          };
      }
    }
  },
});
