import {availableParallelism} from 'node:os';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import {type EventSourceMapping, isStreamMapping} from '../services/lambda/records.ts';
import type {LambdaStore} from '../services/lambda/store.ts';
import type {OnEventMetric} from './event-metric.ts';
import {type Poller, startSqsPoller} from './sqs-poller.ts';
import {type StreamSource, startStreamPoller} from './stream-poller.ts';

export interface EventSourceMappingsOptions {
  readonly lambda: LambdaStore;
  readonly access: Access;
  readonly clock: Clock;
  readonly disorder?: Disorder | undefined;
  /** The streams of the DynamoDB service's store. */
  readonly streams: StreamSource;
  /** For the URLs of queues. */
  readonly endpoint: () => string;
  /** Batches of one mapping at the same time; Lambda starts with five. */
  readonly concurrency?: number;
  /** Told of records that were given up and that nobody else is told of. */
  readonly onWarning?: (warning: string) => void;
  readonly onMetric?: OnEventMetric;
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
  /** Pollers of mappings that changed or went, while they end: by UUID, so that the next one can wait for it. */
  const ending = new Map<string, Promise<void>>();

  function start(mapping: EventSourceMapping): Poller {
    const own = {...options, endpoint: endpoint()};
    if (!isStreamMapping(mapping)) return startSqsPoller({...own, mapping, concurrency});
    // Two at the same time would hand out the same records.
    const previous = ending.get(mapping.UUID) ?? Promise.resolve();
    return startStreamPoller({...own, mapping, previous});
  }

  function reconcile(): void {
    for (const [uuid, {mapping, poller}] of pollers) {
      if (lambda.mappings.get(uuid) === mapping) continue;
      pollers.delete(uuid);
      const end = Promise.all([ending.get(uuid), poller.stop()]).then(() => {
        if (ending.get(uuid) === end) ending.delete(uuid);
      });
      ending.set(uuid, end);
    }
    for (const mapping of lambda.mappings.values())
      if (mapping.State === 'Enabled' && !pollers.has(mapping.UUID))
        pollers.set(mapping.UUID, {
          mapping,
          poller: start(mapping),
        });
  }

  const unsubscribe = lambda.onMappingsChanged(reconcile);
  reconcile();
  return {
    async close() {
      unsubscribe();
      const ended = Promise.all([...ending.values(), ...[...pollers.values()].map(({poller}) => poller.stop())]);
      let cancel = () => {};
      await Promise.race([ended, new Promise<void>(resolve => (cancel = clock.after(grace, resolve)))]);
      cancel();
    },
  };
}
