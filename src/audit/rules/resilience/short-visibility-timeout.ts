import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {queueOf} from '../../queue-of.ts';

export default defineRule({
  id: 'resilience/short-visibility-timeout',
  subject: 'eventSourceMapping',
  severity: 'medium',
  title: 'A queue shows its messages again before the function had its retries',
  why: 'A message that is still being worked on is then delivered a second time, and counts as received once more.',
  remedy: 'Set the VisibilityTimeout of the queue to six times the function’s timeout, and the batching window on top.',
  since: '0.1.0',
  examples: {
    bad: 'VisibilityTimeout: 30   # the function has Timeout: 30',
    good: 'VisibilityTimeout: 180',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  *check(mapping, {inventory}) {
    const queue = queueOf(mapping, inventory);
    // A queue that was not read is reported by queue-without-redrive.
    if (queue === undefined || 'unknown' in queue) return;
    const fn = inventory.functions.find(({arn}) => arn === mapping.functionArn);
    if (fn === undefined) {
      yield {unknown: 'the function that it feeds was not read'};
      return;
    }
    const {visibilityTimeout} = queue;
    const {timeout} = fn;
    const {batchingWindow} = mapping;
    const unknown = [visibilityTimeout, timeout, batchingWindow].find(isUnresolved);
    if (
      unknown !== undefined ||
      isUnresolved(visibilityTimeout) ||
      isUnresolved(timeout) ||
      isUnresolved(batchingWindow)
    ) {
      yield {unknown: `a timeout is not known: ${unknown?.reason}`};
      return;
    }
    const needed = 6 * timeout + batchingWindow;
    if (visibilityTimeout >= needed) return;
    yield {
      message: `${queue.name} hides a message for ${visibilityTimeout} s; ${fn.name} with its timeout of ${timeout} s needs ${needed} s`,
      // Lambda refuses such a mapping.
      severity: visibilityTimeout < timeout ? 'high' : 'medium',
      resource: queue.name,
      origin: queue.origin,
      evidence: {visibilityTimeout, timeout, needed},
      key: fn.name,
    };
  },
});
