import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onRule} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';

export const disableRule = operationOf<EventBridgeStore>()({
  name: 'DisableRule',
  input: structure({Name: required(string), EventBusName: string}),
  permissions: ({Name, EventBusName}, _context, store) => [onRule('DisableRule', Name, EventBusName, store)],
  run({Name, EventBusName}, {clock}, store) {
    const rule = store.rule(store.bus(EventBusName), Name);
    if (rule.state !== 'DISABLED') store.setRule({...rule, state: 'DISABLED', scheduledFrom: clock.now()});
    return {};
  },
});
