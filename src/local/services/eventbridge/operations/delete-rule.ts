import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {onRule} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';

export const deleteRule = operationOf<EventBridgeStore>()({
  name: 'DeleteRule',
  // Force is for rules that other services manage; there are none here, and it changes nothing for others.
  input: structure({Name: required(string), EventBusName: string, Force: boolean}),
  permissions: ({Name, EventBusName}, _context, store) => [onRule('DeleteRule', Name, EventBusName, store)],
  run({Name, EventBusName}, _context, store) {
    const rule = store.findRule(store.bus(EventBusName), Name);
    if (rule === undefined) return {};
    if (rule.targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
    store.deleteRule(rule);
    return {};
  },
});
