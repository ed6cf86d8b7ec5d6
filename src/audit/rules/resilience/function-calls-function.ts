import type {Inventory} from '../../../model/inventory.ts';
import type {LambdaFunction} from '../../../model/lambda-function.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {grantsFinder} from '../../grants.ts';
import {functionAt, roleOf} from '../../relations.ts';

export default defineRule({
  id: 'resilience/function-calls-function',
  subject: 'function',
  severity: 'low',
  title: 'A function may call another function',
  why: 'Whoever waits for another function pays for both, and fails, is throttled and times out with it. Each call in such a chain makes the whole less likely to succeed.',
  remedy:
    'Put a queue, a topic or a state machine between the two. If nobody waits for the call (InvocationType: Event), say so in an ignore.',
  since: '0.1.0',
  examples: {
    bad: 'Action: lambda:InvokeFunction\nResource: !GetAtt Invoice.Arn',
    good: 'Action: sqs:SendMessage\nResource: !GetAtt Invoices.Arn',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/concepts-event-driven-architectures.html',
  *check(fn, {inventory}) {
    const {name, arn} = fn;
    const role = roleOf(fn, inventory);
    if (role === undefined || isUnresolved(fn.role)) return;
    const resources = grantsFinder(role, inventory)('lambda:InvokeFunction').map(({resource}) => resource);
    for (const other of new Set(resources.flatMap(resource => namedBy(resource, inventory))))
      if (other.arn !== arn)
        yield {
          message: `${name} may call ${other.name}`,
          evidence: {action: 'lambda:InvokeFunction', resource: other.arn},
        };
  },
});

/** The function itself, or the one of which it is a version or an alias. */
function namedBy(resource: string, inventory: Inventory): readonly LambdaFunction[] {
  const colons = [...resource.matchAll(/:/g)].map(({index}) => index);
  return [...colons, resource.length].flatMap(end => functionAt(resource.slice(0, end), inventory) ?? []);
}
