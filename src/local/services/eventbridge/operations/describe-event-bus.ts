import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {onBus} from '../permissions.ts';
import {shownBus} from '../shown-bus.ts';
import type {EventBridgeStore} from '../store.ts';

export const describeEventBus = operationOf<EventBridgeStore>()({
  name: 'DescribeEventBus',
  input: structure({Name: string}),
  permissions: ({Name}, _context, store) => [onBus('DescribeEventBus', Name, store)],
  run: ({Name}, _context, store) => shownBus(store.bus(Name), store),
});
