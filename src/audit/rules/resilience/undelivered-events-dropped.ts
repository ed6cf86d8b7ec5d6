import type {Delivery} from '../../../model/delivery.ts';
import {nameInArn} from '../../../model/name-in-arn.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/undelivered-events-dropped',
  subject: 'inventory',
  severity: 'low',
  title: 'Events that cannot be delivered are dropped',
  why: 'A target that is gone, refuses or is throttled for long loses the events meanwhile. An HTTP endpoint of a topic is tried for an hour, targets of EventBridge for a day.',
  remedy: 'Give the target a DeadLetterConfig, or the subscription a RedrivePolicy.',
  since: '0.1.0',
  examples: {
    bad: 'Targets: [{Id: orders, Arn: !GetAtt Orders.Arn}]',
    good: 'Targets: [{Id: orders, Arn: !GetAtt Orders.Arn, DeadLetterConfig: {Arn: !GetAtt Undelivered.Arn}}]',
  },
  reference: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  *check({deliveries = []}) {
    for (const {kind, name, target, deadLetterQueue, origin} of deliveries) {
      if (deadLetterQueue !== undefined) continue;
      if (isUnresolved(target)) {
        yield {unknown: `the target ${target.text} of ${name} is not known: ${target.reason}`, resource: name, origin};
        continue;
      }
      // Lambda takes an event in at once and from then on answers for it: no-failure-destination asks where it ends.
      if (target.includes(':lambda:')) continue;
      const overHttp = /^https?:/.test(target) || target.includes('api-destination');
      yield {
        message: `what ${nouns[kind]} ${name} cannot deliver to ${shown(target)} is dropped`,
        severity: overHttp ? 'medium' : 'low',
        resource: name,
        origin,
        evidence: {target},
        key: target,
      };
    }
  },
});

const nouns: Readonly<Record<Delivery['kind'], string>> = {
  'event-rule': 'the rule',
  schedule: 'the schedule',
  subscription: 'the subscription',
};

/** The last part of an ARN, without the marks of a placeholder. */
function shown(target: string): string {
  // The ARN of a log group ends in :*, and means its streams.
  const named = target.replace(/:\*$/, '');
  const last = named.startsWith('http') ? named : nameInArn(named);
  return last.replace(/\$\{([^}]*?)(\.Arn)?\}/g, '$1') || target;
}
