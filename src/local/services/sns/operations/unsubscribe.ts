import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onSubscription} from '../permissions.ts';
import type {SnsStore} from '../store.ts';

export const unsubscribe = operationOf<SnsStore>()({
  name: 'Unsubscribe',
  input: structure({SubscriptionArn: required(string)}),
  permissions: (input, _context, store) => onSubscription('Unsubscribe', input, store),
  run({SubscriptionArn}, _context, store) {
    store.subscriptions.delete(store.subscription(SubscriptionArn).arn);
    return {};
  },
});
