import type {Severity} from '../../../model/finding.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import type {ResourcePolicy} from '../../../model/resource-policy.ts';
import {defineRule} from '../../define-rule.ts';
import {isOpenToAnybody, permissionsOf, unboundServices} from '../../who-may.ts';

export default defineRule({
  id: 'iam/open-resource-policy',
  subject: 'inventory',
  severity: 'critical',
  title: 'A queue, topic, secret, key or bucket is open to others',
  why: 'Messages that strangers send are worked on with the permissions of the function, and what they may read has left the account.',
  remedy: 'Name the principal, or the source that is meant in a condition on aws:SourceArn.',
  since: '0.1.0',
  examples: {
    bad: "Principal: '*'\nAction: sqs:SendMessage",
    good: 'Principal: {Service: sns.amazonaws.com}\nAction: sqs:SendMessage\nCondition: {ArnEquals: {aws:SourceArn: !Ref Orders}}',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  *check(inventory) {
    for (const {policy, statement} of permissionsOf(inventory, ['queue', 'topic', 'secret', 'key', 'bucket'])) {
      const {name: resource, kind} = policy;
      const {origin} = statement;
      const action = [...statement.actions, ...statement.notActions.map(one => `not ${text(one)}`)]
        .map(text)
        .join(', ');
      if (isOpenToAnybody(statement))
        yield {
          message: `${resource} lets anybody do ${action}`,
          severity: severities[kind],
          resource,
          origin,
          evidence: {action, principal: '*'},
        };
      for (const service of unboundServices(statement).filter(name => kind !== 'key' && forOthers.has(name)))
        yield {
          message: `${resource} lets ${service} do ${action} on behalf of any account`,
          severity: 'medium',
          resource,
          origin,
          evidence: {action, principal: service},
        };
    }
  },
});

/** Buckets are published on purpose more often than the others. */
const severities: Readonly<Record<ResourcePolicy['kind'], Severity>> = {
  function: 'critical',
  queue: 'critical',
  topic: 'critical',
  secret: 'critical',
  key: 'critical',
  bucket: 'high',
};

/** Services that send what an account told them to, with the source in the request. */
const forOthers: ReadonlySet<string> = new Set([
  'events.amazonaws.com',
  's3.amazonaws.com',
  'ses.amazonaws.com',
  'sns.amazonaws.com',
]);

function text(value: unknown): string {
  return isUnresolved(value) ? value.text : String(value);
}
