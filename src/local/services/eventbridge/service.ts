import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type EventBridgeOptions, EventBridgeStore, nameOfBus} from './store.ts';

export function eventbridgeService(options: EventBridgeOptions): Service<EventBridgeStore> {
  const store = new EventBridgeStore(options);
  return {
    name: 'events',
    signingNames: ['events'],
    protocol: {kind: 'json', targetPrefix: 'AWSEvents', version: '1.1'},
    store,
    operations,
    resourcePolicy: arn => (arn.includes(':event-bus/') ? store.buses.get(nameOfBus(arn))?.policy : undefined),
    close: () => store.close(),
  };
}
