import type {SnsStore, Subscription} from './store.ts';

/** As the lists show it. */
export function shownSubscription({arn, protocol, endpoint, topicArn}: Subscription, store: SnsStore) {
  return {
    SubscriptionArn: arn,
    Owner: store.options.account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
