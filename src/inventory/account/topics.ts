import {parseRedrivePolicy} from '../../aws/redrive-policy.ts';
import type {Delivery} from '../../model/delivery.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';
import type {DeliveryCalls} from './delivery-calls.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';
import {readResourcePolicy} from './resource-policy.ts';

interface Topic {
  readonly resourcePolicies: readonly ResourcePolicy[];
  readonly deliveries: readonly Delivery[];
}

export async function readTopics(
  calls: DeliveryCalls,
  arns: readonly string[],
  reading: Reading,
): Promise<readonly Topic[]> {
  return inBatches(arns, async arn => {
    const policy = async () => (await calls.topicAttributes(arn))?.Policy;
    const resourcePolicies = await readResourcePolicy('topic', arn, policy, reading);
    // Every topic has a policy: without one there is no topic, or it may not be read.
    return {resourcePolicies, deliveries: resourcePolicies.length > 0 ? await deliveriesOf(calls, arn, reading) : []};
  });
}

const rule = 'resilience/undelivered-events-dropped';

async function deliveriesOf(
  calls: DeliveryCalls,
  topicArn: string,
  {region, attempt}: Reading,
): Promise<readonly Delivery[]> {
  const subscriptions = await attempt(rule, topicArn, () => calls.subscriptions(topicArn));
  if (isUnresolved(subscriptions)) return [];
  const waiting = subscriptions.filter(
    ({Protocol: protocol = '', SubscriptionArn: arn = ''}) => putsAside.has(protocol) && arn.startsWith('arn:'),
  );
  const read = await inBatches(waiting, async ({SubscriptionArn: arn = '', Endpoint: target = ''}) => {
    const attributes = await attempt(rule, arn, () => calls.subscriptionAttributes(arn));
    if (isUnresolved(attributes)) return [];
    const queue = parseRedrivePolicy(attributes.RedrivePolicy)?.deadLetterTargetArn || undefined;
    // The last part of its ARN is made up; the one before is the topic's name.
    const name = arn.split(':').slice(-2).join(':');
    const aside = queue === undefined ? {} : {deadLetterQueue: queue};
    return [{kind: 'subscription' as const, name, target, ...aside, origin: {arn, region}}];
  });
  return read.flat();
}

/** Those whose answer SNS waits for. What goes to functions is theirs to put aside, and is not asked for. */
const putsAside: ReadonlySet<string> = new Set(['firehose', 'http', 'https', 'sqs']);
