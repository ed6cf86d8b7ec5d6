import {counted} from '../../../model/counted.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {queueOf} from '../../queue-of.ts';

export default defineRule({
  id: 'resilience/low-max-receive-count',
  subject: 'eventSourceMapping',
  severity: 'low',
  title: 'Messages reach the dead-letter queue after few attempts',
  why: 'A throttled function counts as an attempt too, so a short peak is enough to send good messages there.',
  remedy: 'Set maxReceiveCount to 5 or more.',
  since: '0.1.0',
  examples: {
    bad: 'RedrivePolicy: {deadLetterTargetArn: !GetAtt OrdersDlq.Arn, maxReceiveCount: 1}',
    good: 'RedrivePolicy: {deadLetterTargetArn: !GetAtt OrdersDlq.Arn, maxReceiveCount: 5}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  *check(mapping, {inventory}) {
    const queue = queueOf(mapping, inventory);
    if (queue === undefined || 'unknown' in queue || queue.redrivePolicy === undefined) return;
    const policy = queue.redrivePolicy;
    const count = isUnresolved(policy) ? policy : policy.maxReceiveCount;
    if (isUnresolved(count)) yield {unknown: `maxReceiveCount is not known: ${count.reason}`, origin: queue.origin};
    else if (count < 5)
      yield {
        message: `${queue.name} gives a message up after ${counted(count, 'attempt')}`,
        resource: queue.name,
        origin: queue.origin,
        evidence: {maxReceiveCount: count},
      };
  },
});
