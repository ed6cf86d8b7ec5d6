import {dataDate, expandAction, isKnownAction, isKnownService} from '../../../iam/catalogue.ts';
import {asWritten, isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/unknown-action',
  subject: 'statement',
  severity: 'low',
  title: 'A statement names an action that AWS does not have',
  why: 'It grants nothing: the code fails with AccessDenied, or the line is a left-over that hides what is really granted.',
  remedy:
    'Look the action up in the service authorization reference; it is often the name of an API call, not of an IAM action.',
  since: '0.1.0',
  examples: {bad: 'Action: sqs:SendMessageBatch', good: 'Action: sqs:SendMessage'},
  reference: 'https://docs.aws.amazon.com/service-authorization/latest/reference/',
  *check({actions, notActions, resources}, {policy}) {
    // What SAM writes, its author cannot correct.
    if (policy?.template !== undefined) return;
    for (const action of [...actions, ...notActions]) {
      // What cannot be resolved is reported by wildcard-action.
      if (isUnresolved(action) || action === '*' || isKnown(action)) continue;
      const [service = ''] = action.split(':');
      const what = isKnownService(service)
        ? `the service ${service} has no action ${action}`
        : `AWS has no service ${service}`;
      for (const resource of resources)
        yield {
          message: `${what} (as of ${dataDate()})`,
          evidence: {action, resource: asWritten(resource)},
        };
    }
  },
});

function isKnown(action: string): boolean {
  return /[*?]/.test(action) ? expandAction(action).length > 0 : isKnownAction(action);
}
