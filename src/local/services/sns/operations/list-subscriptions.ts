import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import {shownSubscription} from '../shown-subscription.ts';
import type {SnsStore} from '../store.ts';

export const listSubscriptions = operationOf<SnsStore>()({
  name: 'ListSubscriptions',
  input: structure({NextToken: string}),
  permissions: () => [{action: 'sns:ListSubscriptions', resource: '*'}],
  run(input, _context, store) {
    const {page, NextToken} = pageOf([...store.subscriptions.values()], input.NextToken);
    return {Subscriptions: page.map(subscription => shownSubscription(subscription, store)), NextToken};
  },
});
