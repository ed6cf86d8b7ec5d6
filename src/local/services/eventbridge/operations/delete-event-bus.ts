import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {onBus} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';

export const deleteEventBus = operationOf<EventBridgeStore>()({
  name: 'DeleteEventBus',
  input: structure({Name: required(string)}),
  permissions: ({Name}, _context, store) => [onBus('DeleteEventBus', Name, store)],
  run({Name}, _context, store) {
    if (Name === 'default') throw invalid('Cannot delete event bus default.');
    const bus = store.buses.get(Name);
    if (bus === undefined) return {};
    if (store.rules(bus).length > 0) throw invalid("Event bus can't be deleted since it has rules.");
    store.buses.delete(Name);
    return {};
  },
});
