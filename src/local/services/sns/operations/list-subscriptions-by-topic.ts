import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import {onTopic} from '../permissions.ts';
import {shownSubscription} from '../shown-subscription.ts';
import type {SnsStore} from '../store.ts';

export const listSubscriptionsByTopic = operationOf<SnsStore>()({
  name: 'ListSubscriptionsByTopic',
  input: structure({TopicArn: required(string), NextToken: string}),
  permissions: input => onTopic('ListSubscriptionsByTopic', input),
  run(input, _context, store) {
    const {page, NextToken} = pageOf(store.subscriptionsOf(store.topic(input.TopicArn).arn), input.NextToken);
    return {Subscriptions: page.map(subscription => shownSubscription(subscription, store)), NextToken};
  },
});
