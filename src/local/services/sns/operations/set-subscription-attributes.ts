import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onSubscription} from '../permissions.ts';
import type {SnsStore} from '../store.ts';
import {changedSubscriptionAttributes, checkSubscriptionAttributes} from '../subscription-attributes.ts';

export const setSubscriptionAttributes = operationOf<SnsStore>()({
  name: 'SetSubscriptionAttributes',
  input: structure({SubscriptionArn: required(string), AttributeName: required(string), AttributeValue: string}),
  permissions: (input, _context, store) => onSubscription('SetSubscriptionAttributes', input, store),
  run({SubscriptionArn, AttributeName, AttributeValue = ''}, _context, store) {
    const subscription = store.subscription(SubscriptionArn);
    const change = {[AttributeName]: AttributeValue};
    checkSubscriptionAttributes(change, subscription.protocol);
    const attributes = changedSubscriptionAttributes(subscription.attributes, change);
    store.subscriptions.set(SubscriptionArn, {...subscription, attributes});
    return {};
  },
});
