import {randomUUID} from 'node:crypto';
import {wants} from './filter-policy.ts';
import {type MessageInput, newMessage} from './message.ts';
import {notification} from './notification.ts';
import type {SnsStore, Topic} from './store.ts';

/** Puts the message into the outbox for everyone who wants it, and says its id. */
export function publishMessage({arn}: Topic, input: MessageInput, endpoint: string, store: SnsStore): string {
  const message = newMessage(randomUUID(), input);
  const notifications = store
    .subscriptionsOf(arn)
    .filter(subscription => wants(subscription, message))
    .map(subscription => notification(subscription, message, endpoint, store));
  store.options.deliveries.add(notifications);
  return message.id;
}
