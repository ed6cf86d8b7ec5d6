import type {PermissionRequest} from '../../operation.ts';
import type {SnsStore} from './store.ts';

export function onTopic(action: string, {TopicArn}: {readonly TopicArn: string}): PermissionRequest[] {
  return [{action: `sns:${action}`, resource: TopicArn}];
}

/** The permission on a subscription is one on its topic. */
export function onSubscription(
  action: string,
  {SubscriptionArn}: {readonly SubscriptionArn: string},
  store: SnsStore,
): PermissionRequest[] {
  const known = store.subscriptions.get(SubscriptionArn)?.topicArn;
  return [{action: `sns:${action}`, resource: known ?? SubscriptionArn.split(':').slice(0, 6).join(':')}];
}
