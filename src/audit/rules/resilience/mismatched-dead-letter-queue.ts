import type {Inventory} from '../../../model/inventory.ts';
import {isUnresolved, type Resolvable} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/mismatched-dead-letter-queue',
  subject: 'inventory',
  severity: 'high',
  title: 'A dead-letter queue is of a kind that its source cannot use',
  why: 'A FIFO queue takes a FIFO queue only, a standard queue a standard one, and Lambda no FIFO queue or topic at all: what fails is refused there and lost, or the deployment fails.',
  remedy: 'Make the dead-letter queue of the kind of its source; for a function a standard queue.',
  since: '0.1.0',
  examples: {
    bad: 'Orders: {Properties: {FifoQueue: true, RedrivePolicy: {deadLetterTargetArn: !GetAtt OrdersDlq.Arn}}}\nOrdersDlq: {Type: AWS::SQS::Queue}',
    good: 'OrdersDlq: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}',
  },
  reference: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  *check(inventory) {
    for (const {name, fifo, redrivePolicy: policy, origin} of inventory.queues) {
      if (policy === undefined || isUnresolved(policy)) continue;
      const target = isFifo(policy.deadLetterTargetArn, inventory);
      if (fifo === undefined || isUnresolved(fifo) || target === undefined || target === fifo) continue;
      yield {
        message: `${name} is a ${kind(fifo)} queue, and its dead-letter queue a ${kind(target)} one`,
        resource: name,
        origin,
        evidence: {queue: kind(fifo), deadLetterQueue: kind(target)},
      };
    }
    for (const {name, deadLetterQueue, onFailureDestination, origin} of inventory.functions)
      for (const target of [deadLetterQueue, onFailureDestination])
        if (target !== undefined && isFifo(target, inventory))
          yield {
            message: `${name} hands failed events to a FIFO queue or topic, which Lambda does not support`,
            resource: name,
            function: name,
            origin,
            evidence: {target: String(target)},
          };
  },
});

/** By the queue itself, or by its name: that of a FIFO queue or topic ends so. */
function isFifo(arn: Resolvable<string>, {queues}: Inventory): boolean | undefined {
  if (isUnresolved(arn)) return undefined;
  const fifo = queues.find(queue => queue.arn === arn)?.fifo;
  if (typeof fifo === 'boolean') return fifo;
  return arn.endsWith('}') ? undefined : arn.endsWith('.fifo');
}

function kind(fifo: boolean): string {
  return fifo ? 'FIFO' : 'standard';
}
