import {randomUUID} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import type {Disorder} from '../../disorder.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, State} from '../../state.ts';
import {attributeOf, changedAttributes, checkAttributes, type QueueAttributes} from './attributes.ts';
import type {Entry} from './entry.ts';
import {queueDoesNotExist} from './errors.ts';
import type {Delivery, Message} from './message.ts';
import {Queue, type QueueRecord} from './queue.ts';
import type {Attempts} from './receive-attempt.ts';
import {checkRedrivePolicy, deadLetterTarget} from './redrive.ts';

export interface SqsOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly disorder?: Disorder | undefined;
}

/** What a sender says of a message. */
export type NewMessage = Omit<Message, 'id' | 'queue' | 'sequence' | 'sentAt'>;

/** The queues and what lies in them; every change is written to the state before it is answered. */
export class SqsStore {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly #disorder: Disorder | undefined;
  readonly #queues = new Map<string, Queue>();
  readonly #records: Collection<QueueRecord>;
  readonly #messages: Collection<Message>;
  /** Recent receives of FIFO queues, for those that are repeated. */
  readonly attempts: Attempts = new WeakMap();
  /** Nothing may touch the state any more. */
  closed = false;
  #sequence = 0;

  constructor({state, clock, account, region, disorder}: SqsOptions) {
    this.#disorder = disorder;
    this.state = state;
    this.clock = clock;
    this.account = account;
    this.region = region;
    this.#records = state.collection('sqs queues');
    this.#messages = state.collection('sqs messages');
    for (const record of this.#records.values()) this.#queues.set(record.name, new Queue(record, state));
    const deliveries = state.collection<Delivery>('sqs deliveries');
    for (const message of [...this.#messages.values()].sort((a, b) => a.sequence - b.sequence)) {
      this.#sequence = message.sequence;
      this.#queues.get(message.queue)?.admit(message, deliveries.get(message.id), clock.now());
    }
  }

  queues(): IterableIterator<Queue> {
    return this.#queues.values();
  }

  arnOf(name: string): string {
    return `arn:aws:sqs:${this.region}:${this.account}:${name}`;
  }

  /** By the last segment: a client may know this cloud under another host. */
  arnOfUrl(queueUrl: string): string {
    return this.arnOf(nameOfUrl(queueUrl));
  }

  queueOfUrl(queueUrl: string): Queue {
    return this.named(nameOfUrl(queueUrl));
  }

  queueOfArn(arn: string): Queue | undefined {
    const prefix = this.arnOf('');
    return arn.startsWith(prefix) ? this.#queues.get(arn.slice(prefix.length)) : undefined;
  }

  named(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw queueDoesNotExist();
    return queue;
  }

  createQueue(name: string, attributes: QueueAttributes, tags: Readonly<Record<string, string>>): void {
    checkAttributes(name, attributes);
    const existing = this.#queues.get(name);
    if (existing !== undefined) {
      const difference = Object.entries(attributes).find(
        ([attribute, value]) => (attributeOf(existing.record.attributes, attribute) ?? '') !== value,
      );
      if (difference === undefined) return;
      throw new ServiceError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${difference[0]}`,
      );
    }
    checkRedrivePolicy(this, name, attributes);
    const now = this.clock.now();
    const record = {name, createdAt: now, modifiedAt: now, attributes: changedAttributes({}, attributes), tags};
    this.#records.set(name, record);
    this.#queues.set(name, new Queue(record, this.state));
  }

  /** AWS keeps the name for 60 seconds; here it is free at once, so that a stack can be made again. */
  deleteQueue(queue: Queue): void {
    this.state.transaction(() => {
      queue.clear();
      this.#records.delete(queue.name);
    });
    this.#queues.delete(queue.name);
    for (const wake of [...queue.waiters]) wake();
  }

  setAttributes(queue: Queue, attributes: QueueAttributes): void {
    checkAttributes(queue.name, attributes);
    if ('FifoQueue' in attributes)
      throw new ServiceError('InvalidAttributeName', 'You can specify the FifoQueue only when creating the queue.');
    checkRedrivePolicy(this, queue.name, attributes);
    this.update(queue, {attributes: changedAttributes(queue.record.attributes, attributes)});
  }

  update(queue: Queue, change: Partial<QueueRecord>): void {
    const record = {...queue.record, modifiedAt: this.clock.now(), ...change};
    this.#records.set(queue.name, record);
    queue.record = record;
  }

  send(queue: Queue, message: NewMessage): Message {
    const stored: Message = {
      ...message,
      ...this.#late(queue, message),
      id: randomUUID(),
      queue: queue.name,
      sequence: this.#nextSequence(),
      sentAt: this.clock.now(),
    };
    this.#messages.set(stored.id, stored);
    queue.admit(stored, undefined, this.clock.now());
    return stored;
  }

  /** Deletes a message that was received, unless this is one of those that are delivered again although deleted. */
  delete(queue: Queue, entry: Entry): void {
    const again =
      !queue.fifo &&
      entry.delivery?.receives === 1 &&
      deadLetterTarget(this, queue, entry) === undefined &&
      this.#disorder?.repeats(queue.name);
    const now = this.clock.now();
    if (again) queue.changeVisibility(entry, now + 1000, now);
    else queue.remove(entry);
  }

  /** Up to `most` messages, out of sight until `visibleAt`; what was received too often goes to the dead-letter queue. */
  receive(queue: Queue, most: number, visibleAt: number): Entry[] {
    const now = this.clock.now();
    return this.state.transaction(() =>
      queue.take(most, visibleAt, now, entry => {
        const target = deadLetterTarget(this, queue, entry);
        if (target !== undefined) this.#deadLetter(entry, queue, target);
        return target !== undefined;
      }),
    );
  }

  /** A redriven message is a new one: AWS gives it a new id, and retention starts again. */
  resend(entry: Entry, from: Queue, to: Queue): void {
    const {deadLetterSource, receivedBefore, firstReceivedAt, delayedUntil, ...message} = entry.message;
    this.state.transaction(() => {
      this.send(to, message);
      from.remove(entry);
    });
  }

  /**
   * Keeps id and, in a standard queue, the time it was sent, so that retention goes on.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
   */
  #deadLetter(entry: Entry, from: Queue, to: Queue): void {
    const now = this.clock.now();
    const {delayedUntil, ...message} = entry.message;
    const moved: Message = {
      ...message,
      queue: to.name,
      sequence: this.#nextSequence(),
      sentAt: to.fifo ? now : message.sentAt,
      deadLetterSource: this.arnOf(from.name),
      receivedBefore: (message.receivedBefore ?? 0) + (entry.delivery?.receives ?? 0),
      firstReceivedAt: entry.delivery?.firstReceivedAt ?? now,
    };
    from.forget(entry);
    this.#messages.set(moved.id, moved);
    to.admit(moved, undefined, now);
  }

  close(): void {
    this.closed = true;
    for (const queue of this.#queues.values()) for (const wake of [...queue.waiters]) wake();
  }

  /** A standard queue promises no order: some messages come later than those behind them. */
  #late(queue: Queue, {delayedUntil}: NewMessage): {delayedUntil?: number} {
    const delay = queue.fifo ? 0 : (this.#disorder?.delay(queue.name) ?? 0);
    return delay === 0 ? {} : {delayedUntil: (delayedUntil ?? this.clock.now()) + delay};
  }

  /** Microseconds rather than a count: it goes on rising when a restart finds every queue empty. */
  #nextSequence(): number {
    this.#sequence = Math.max(this.#sequence + 1, this.clock.now() * 1000);
    return this.#sequence;
  }

  /** For metrics: messages of a queue by where they are, and the age in seconds of the oldest. */
  depth(queueArn: string): QueueDepth | undefined {
    const queue = this.queueOfArn(queueArn);
    if (queue === undefined) return undefined;
    const now = this.clock.now();
    const oldest = queue.oldestSentAt(now);
    return {...queue.counts(now), oldestAgeSeconds: oldest === undefined ? 0 : Math.floor((now - oldest) / 1000)};
  }
}

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly oldestAgeSeconds: number;
}

function nameOfUrl(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}
