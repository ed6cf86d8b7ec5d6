import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {queueOf} from '../../queue-of.ts';

export default defineRule({
  id: 'resilience/queue-without-redrive',
  subject: 'eventSourceMapping',
  severity: 'high',
  title: 'A queue that feeds a function has no dead-letter queue',
  why: 'A message that always fails comes back until its retention ends: it takes invocations from the others, and then it is gone.',
  remedy: 'Give the queue a RedrivePolicy with a dead-letter queue and a maxReceiveCount of at least 5.',
  since: '0.1.0',
  examples: {
    bad: 'Orders: {Type: AWS::SQS::Queue}',
    good: 'Orders:\n  Type: AWS::SQS::Queue\n  Properties:\n    RedrivePolicy: {deadLetterTargetArn: !GetAtt OrdersDlq.Arn, maxReceiveCount: 5}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  *check(mapping, {inventory}) {
    const queue = queueOf(mapping, inventory);
    if (queue === undefined) return;
    if ('unknown' in queue) {
      yield queue;
      return;
    }
    if (queue.redrivePolicy !== undefined) return;
    const {isDeadLetterQueue} = queue;
    if (isUnresolved(isDeadLetterQueue))
      yield {unknown: `whether ${queue.name} is a dead-letter queue is not known: ${isDeadLetterQueue.reason}`};
    // What a dead-letter queue's own function cannot handle has to stay somewhere.
    else if (!isDeadLetterQueue)
      yield {
        message: `${queue.name} feeds a function and has no dead-letter queue`,
        resource: queue.name,
        origin: queue.origin,
        evidence: {queue: queue.name},
      };
  },
});
