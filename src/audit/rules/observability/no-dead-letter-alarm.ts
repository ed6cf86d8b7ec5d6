import type {Alarm} from '../../../model/alarm.ts';
import type {Inventory} from '../../../model/inventory.ts';
import {nameInArn} from '../../../model/name-in-arn.ts';
import type {Origin} from '../../../model/origin.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'observability/no-dead-letter-alarm',
  subject: 'inventory',
  severity: 'low',
  title: 'Nothing raises an alarm when messages end in a dead-letter queue',
  why: 'What is there was given up, and expires after 14 days at most. A queue that nobody looks at is a slow way to lose messages.',
  remedy: 'Add an AWS::CloudWatch::Alarm on ApproximateNumberOfMessagesVisible of the queue, above 0.',
  since: '0.1.0',
  examples: {
    bad: 'OrdersDlq: {Type: AWS::SQS::Queue}',
    good: 'OrdersDlqDepth:\n  Type: AWS::CloudWatch::Alarm\n  Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt OrdersDlq.QueueName}]}',
  },
  reference:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
  *check(inventory) {
    const {alarms, eventSourceMappings} = inventory;
    const deadLetterQueues = deadLetterQueuesOf(inventory);
    if (deadLetterQueues.length === 0) return;
    if (isUnresolved(alarms)) {
      yield {unknown: `the alarms are not known: ${alarms.reason}`};
      return;
    }
    // A function that takes messages from there does something about them.
    const handled = new Set<unknown>(eventSourceMappings.map(({sourceArn}) => sourceArn));
    for (const {arn, name, origin} of deadLetterQueues)
      if (!handled.has(arn) && !alarms.some(alarm => watchesQueue(alarm, arn)))
        yield {
          message: `no alarm tells that messages are in ${name}`,
          resource: name,
          origin,
          evidence: {metric: 'AWS/SQS ApproximateNumberOfMessagesVisible'},
        };
  },
});

interface DeadLetterQueue {
  readonly arn: string;
  readonly name: string;
  readonly origin: Origin;
}

/** In an account only queues that feed functions are read, and the others known by who sends to them. */
function deadLetterQueuesOf({queues, functions, eventSourceMappings, source}: Inventory): readonly DeadLetterQueue[] {
  const read = queues.filter(({isDeadLetterQueue}) => isDeadLetterQueue === true);
  if (source.kind === 'template') return read;
  const named = [
    ...queues.map(({redrivePolicy, origin}) => ({
      arn: redrivePolicy === undefined || isUnresolved(redrivePolicy) ? undefined : redrivePolicy.deadLetterTargetArn,
      origin,
    })),
    ...functions.flatMap(({deadLetterQueue, onFailureDestination, origin}) =>
      [deadLetterQueue, onFailureDestination].map(arn => ({arn, origin})),
    ),
    ...eventSourceMappings.map(({onFailureDestination: arn, origin}) => ({arn, origin})),
  ].flatMap(({arn, origin}) =>
    typeof arn === 'string' && arn.includes(':sqs:')
      ? [{arn, name: nameInArn(arn), origin: 'arn' in origin ? {...origin, arn} : origin}]
      : [],
  );
  return [...new Map([...read, ...named].map(queue => [queue.arn, queue])).values()];
}

function watchesQueue({metrics}: Alarm, arn: string): boolean {
  const name = nameInArn(arn);
  return metrics.some(
    ({namespace, metricName, dimensions}) =>
      namespace === 'AWS/SQS' && metricNames.has(metricName) && dimensions.QueueName === name,
  );
}

/** Not NumberOfMessagesSent: it does not count what a redrive policy moves. */
const metricNames = new Set<unknown>(['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible']);
