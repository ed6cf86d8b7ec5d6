import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {grantsFinder} from '../../grants.ts';

export default defineRule({
  id: 'resilience/function-calls-function',
  subject: 'function',
  severity: 'low',
  title: 'A function may call another function',
  why: 'Whoever waits for another function pays for both, and fails, is throttled and times out with it. Each call in such a chain makes the whole less likely to succeed.',
  remedy: 'Put a queue, a topic or a state machine between the two, and keep the state in a table.',
  since: '0.1.0',
  examples: {
    bad: 'Action: lambda:InvokeFunction\nResource: !GetAtt Invoice.Arn',
    good: 'Action: sqs:SendMessage\nResource: !GetAtt Invoices.Arn',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/concepts-event-driven-architectures.html',
  *check({name, arn, role: roleArn}, {inventory}) {
    const role = inventory.roles.find(found => found.arn === roleArn);
    if (role === undefined || isUnresolved(roleArn)) return;
    const resources = grantsFinder(role, inventory)('lambda:InvokeFunction').map(({resource}) => resource);
    for (const other of inventory.functions)
      if (
        other.arn !== arn &&
        resources.some(resource => resource === other.arn || resource.startsWith(`${other.arn}:`))
      )
        yield {
          message: `${name} may call ${other.name}, and wait for it`,
          evidence: {action: 'lambda:InvokeFunction', resource: other.arn},
        };
  },
});
