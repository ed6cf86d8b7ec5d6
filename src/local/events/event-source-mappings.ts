import {availableParallelism} from 'node:os';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {EventSourceMapping} from '../services/lambda/records.ts';
import type {LambdaStore} from '../services/lambda/store.ts';
import {type Poller, startSqsPoller} from './sqs-poller.ts';

export interface EventSourceMappingsOptions {
  readonly lambda: LambdaStore;
  readonly access: Access;
  readonly clock: Clock;
  /** For the URLs of queues. */
  readonly endpoint: () => string;
  /** Batches of one mapping at the same time; Lambda starts with five. */
  readonly concurrency?: number;
}

export interface EventSourceMappings {
  /** Stops polling, and gives the batches in hand a moment to end. */
  close(): Promise<void>;
}

const grace = 3000;

/** Keeps a poller for every enabled mapping: those that are there already, and those that come, change and go. */
export function startEventSourceMappings(options: EventSourceMappingsOptions): EventSourceMappings {
  const {lambda, clock, endpoint, concurrency = Math.max(5, availableParallelism())} = options;
  const pollers = new Map<string, {readonly mapping: EventSourceMapping; readonly poller: Poller}>();
  /** Pollers of mappings that changed or went, while they end. */
  const ending = new Set<Promise<void>>();

  function reconcile(): void {
    for (const [uuid, {mapping, poller}] of pollers) {
      if (lambda.mappings.get(uuid) === mapping) continue;
      pollers.delete(uuid);
      const end = poller.stop().finally(() => ending.delete(end));
      ending.add(end);
    }
    for (const mapping of lambda.mappings.values())
      if (mapping.State === 'Enabled' && !pollers.has(mapping.UUID))
        pollers.set(mapping.UUID, {
          mapping,
          poller: startSqsPoller({...options, mapping, endpoint: endpoint(), concurrency}),
        });
  }

  const unsubscribe = lambda.onMappingsChanged(reconcile);
  reconcile();
  return {
    async close() {
      unsubscribe();
      const ended = Promise.all([...ending, ...[...pollers.values()].map(({poller}) => poller.stop())]);
      let cancel = () => {};
      await Promise.race([ended, new Promise<void>(resolve => (cancel = clock.after(grace, resolve)))]);
      cancel();
    },
  };
}
