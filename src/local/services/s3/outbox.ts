import type {Collection, Journal, State} from '../../state.ts';

/** An event on its way to its queue: written with the change it tells of, taken away when it is delivered. */
export interface Notification {
  readonly id: string;
  readonly bucketArn: string;
  readonly queueArn: string;
  /** The message as the queue gets it. */
  readonly body: string;
}

export interface Undelivered {
  readonly notification: Notification;
  readonly reason: string;
}

export class Outbox {
  readonly #notifications: Collection<Notification>;
  readonly #undelivered: Journal<Undelivered>;
  readonly #listeners = new Set<() => void>();
  #count = 0;

  constructor(state: State) {
    this.#notifications = state.collection('s3 outbox');
    this.#undelivered = state.journal('s3 undelivered');
    for (const id of this.#notifications.keys()) this.#count = Math.max(this.#count, Number(id));
  }

  /** Part of the transaction that makes the change. */
  add(notifications: readonly Omit<Notification, 'id'>[]): void {
    for (const notification of notifications) {
      const id = String(++this.#count).padStart(16, '0');
      this.#notifications.set(id, {...notification, id});
    }
  }

  /** Tells whoever delivers that there may be something. */
  announce(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The answer ends it. */
  onAnnounce(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Oldest first. */
  pending(): Notification[] {
    return [...this.#notifications.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  delivered({id}: Notification): void {
    this.#notifications.delete(id);
  }

  /** Given up: kept in a journal with the reason. */
  drop(notification: Notification, time: number, reason: string): void {
    this.#undelivered.append(notification.queueArn, time, {notification, reason});
    this.#notifications.delete(notification.id);
  }

  undelivered(): Undelivered[] {
    return this.#undelivered.read().map(({entry}) => entry);
  }
}
