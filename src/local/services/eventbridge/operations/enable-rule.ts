import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onRule} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';

export const enableRule = operationOf<EventBridgeStore>()({
  name: 'EnableRule',
  input: structure({Name: required(string), EventBusName: string}),
  permissions: ({Name, EventBusName}, _context, store) => [onRule('EnableRule', Name, EventBusName, store)],
  run({Name, EventBusName}, {clock}, store) {
    const rule = store.rule(store.bus(EventBusName), Name);
    if (rule.state !== 'ENABLED') store.setRule({...rule, state: 'ENABLED', scheduledFrom: clock.now()});
    return {};
  },
});
