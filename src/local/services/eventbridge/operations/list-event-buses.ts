import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import {shownBus} from '../shown-bus.ts';
import type {EventBridgeStore} from '../store.ts';

export const listEventBuses = operationOf<EventBridgeStore>()({
  name: 'ListEventBuses',
  input: structure({NamePrefix: string, NextToken: string, Limit: integer}),
  permissions: () => [{action: 'events:ListEventBuses', resource: '*'}],
  run(input, _context, store) {
    const buses = [...store.buses.values()]
      .filter(({name}) => name.startsWith(input.NamePrefix ?? ''))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const {page, NextToken} = pageOf(buses, input);
    return {EventBuses: page.map(bus => shownBus(bus, store)), NextToken};
  },
});
