import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onSubscription} from '../permissions.ts';
import type {SnsStore} from '../store.ts';
import {shownSubscriptionAttributes} from '../subscription-attributes.ts';

export const getSubscriptionAttributes = operationOf<SnsStore>()({
  name: 'GetSubscriptionAttributes',
  input: structure({SubscriptionArn: required(string)}),
  permissions: (input, _context, store) => onSubscription('GetSubscriptionAttributes', input, store),
  run: ({SubscriptionArn}, _context, store) => ({
    Attributes: shownSubscriptionAttributes(store.subscription(SubscriptionArn), store),
  }),
});
