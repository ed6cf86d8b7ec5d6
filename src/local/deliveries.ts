import type {AssumedRole, ServicePrincipal} from './caller.ts';
import type {Clock} from './clock.ts';
import type {Collection, State} from './state.ts';

/** What a service has accepted and owes to somebody: SNS a subscriber, EventBridge a target, CloudWatch a topic. */
export interface Delivery {
  readonly id: string;
  /** The service itself, or the role that it was given for this. */
  readonly caller: ServicePrincipal | AssumedRole;
  readonly target: DeliveryTarget;
  readonly acceptedAt: number;
  readonly retry: RetryPolicy;
  readonly deadLetter?: DeadLetter;
  /** Tries that failed. */
  readonly failures: number;
  readonly notBefore: number;
}

export type DeliveryTarget =
  | {
      readonly kind: 'queue';
      readonly arn: string;
      readonly body: string;
      readonly attributes?: Readonly<Record<string, DeliveredAttribute>>;
      readonly groupId?: string;
    }
  | {readonly kind: 'function'; readonly arn: string; readonly payload: string}
  | {readonly kind: 'topic'; readonly arn: string; readonly message: string; readonly subject?: string};

export interface DeliveredAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** base64 */
  readonly binary?: string;
}

export interface RetryPolicy {
  /** After the first try. */
  readonly attempts: number;
  readonly ageSeconds: number;
}

/** Where it ends when it cannot be delivered. */
export interface DeadLetter {
  readonly queueArn: string;
  readonly caller: ServicePrincipal | AssumedRole;
  readonly body: string;
  readonly attributes?: Readonly<Record<string, DeliveredAttribute>>;
  /** EventBridge and Scheduler say in attributes why and after how many tries. */
  readonly explained?: boolean;
}

export type NewDelivery = Pick<Delivery, 'caller' | 'target' | 'retry' | 'deadLetter'>;

/** The outbox of the services that send by themselves: durable before the request that caused it is answered. */
export class Deliveries {
  readonly #pending: Collection<Delivery>;
  readonly #state: State;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #count = 0;

  constructor({state, clock}: {readonly state: State; readonly clock: Clock}) {
    this.#state = state;
    this.#clock = clock;
    this.#pending = state.collection('deliveries');
    for (const id of this.#pending.keys()) this.#count = Math.max(this.#count, Number(id));
  }

  add(deliveries: readonly NewDelivery[]): void {
    if (deliveries.length === 0) return;
    const now = this.#clock.now();
    this.#state.transaction(() => {
      for (const delivery of deliveries) {
        const id = String(++this.#count).padStart(16, '0');
        this.#pending.set(id, {...delivery, id, acceptedAt: now, failures: 0, notBefore: now});
      }
    });
    for (const listener of this.#listeners) listener();
  }

  /** Told of new ones; the answer ends it. */
  onAdd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Oldest first. */
  pending(): Delivery[] {
    return [...this.#pending.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  postpone(delivery: Delivery, until: number): void {
    this.#pending.set(delivery.id, {...delivery, failures: delivery.failures + 1, notBefore: until});
  }

  done({id}: Delivery): void {
    this.#pending.delete(id);
  }
}
