import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {permissionsOf} from '../../who-may.ts';

export default defineRule({
  id: 'iam/wide-invoke-permission',
  subject: 'inventory',
  severity: 'medium',
  title: 'A permission of a function allows more than to invoke it',
  why: 'Whoever the permission names can then change the code or the settings of the function, and so act as its role.',
  remedy: 'Set Action: lambda:InvokeFunction.',
  since: '0.1.0',
  examples: {
    bad: "Properties: {Action: 'lambda:*', Principal: events.amazonaws.com, FunctionName: !Ref Ingest}",
    good: 'Properties: {Action: lambda:InvokeFunction, Principal: events.amazonaws.com, FunctionName: !Ref Ingest}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  *check(inventory) {
    for (const {policy, statement} of permissionsOf(inventory, ['function']))
      for (const action of statement.actions)
        if (isUnresolved(action))
          yield {
            unknown: `the action ${action.text} of ${policy.name} is not known: ${action.reason}`,
            origin: statement.origin,
          };
        else if (!invoking.has(action.toLowerCase()))
          yield {
            message: `${policy.name} allows ${action}`,
            resource: policy.name,
            origin: statement.origin,
            evidence: {action},
          };
  },
});

const invoking: ReadonlySet<string> = new Set([
  'lambda:invokefunction',
  'lambda:invokefunctionurl',
  'lambda:invokeasync',
]);
