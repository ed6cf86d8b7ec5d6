import type {Queue} from '../../../model/event-source.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {duration} from '../../duration.ts';

const fourDays = 345_600;
const longest = 1_209_600;

export default defineRule({
  id: 'resilience/short-dead-letter-retention',
  subject: 'inventory',
  severity: 'medium',
  title: 'A dead-letter queue keeps its messages no longer than the queue before it',
  why: 'A message of a standard queue keeps its age when it is moved: what waited in the queue has that much less time left to be looked at, and may expire at once.',
  remedy: 'Set the MessageRetentionPeriod of the dead-letter queue to 1209600, 14 days.',
  since: '0.1.0',
  examples: {bad: 'OrdersDlq: {Type: AWS::SQS::Queue}', good: 'MessageRetentionPeriod: 1209600'},
  reference:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html#understanding-message-retention-periods',
  *check({queues, source}) {
    const byArn = new Map<unknown, Queue>(queues.map(queue => [queue.arn, queue]));
    for (const queue of queues) {
      const {redrivePolicy: policy, retention = fourDays, name, fifo = false, origin} = queue;
      // In a FIFO queue the clock starts again.
      if (policy === undefined || isUnresolved(policy) || fifo === true) continue;
      const target = policy.deadLetterTargetArn;
      const deadLetters = byArn.get(target);
      if (deadLetters === undefined) {
        // Of an account only the queues that feed functions are read.
        if (source.kind === 'template')
          yield {unknown: `the dead-letter queue of ${name} is not in the template`, resource: name, origin};
        continue;
      }
      const kept = deadLetters.retention ?? fourDays;
      if (isUnresolved(kept) || isUnresolved(retention) || isUnresolved(fifo)) {
        const unknown = [kept, retention, fifo].find(isUnresolved)!;
        yield {
          unknown: `how long ${deadLetters.name} and ${name} keep messages is not known: ${unknown.reason}`,
          resource: name,
          origin,
        };
      } else if (kept < retention || (kept === retention && kept < longest))
        yield {
          message: `${deadLetters.name} keeps a message for ${duration(kept)} from when it was sent to ${name}, which itself keeps it for ${duration(retention)}`,
          severity: kept < retention ? 'medium' : 'low',
          resource: deadLetters.name,
          origin: deadLetters.origin,
          evidence: {retention: kept, retentionOfSource: retention},
          key: name,
        };
    }
  },
});
