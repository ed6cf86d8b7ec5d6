import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onRule} from '../permissions.ts';
import {shownRule} from '../shown-rule.ts';
import type {EventBridgeStore} from '../store.ts';

export const describeRule = operationOf<EventBridgeStore>()({
  name: 'DescribeRule',
  input: structure({Name: required(string), EventBusName: string}),
  permissions: ({Name, EventBusName}, _context, store) => [onRule('DescribeRule', Name, EventBusName, store)],
  run: ({Name, EventBusName}, {account}, store) => ({
    ...shownRule(store.rule(store.bus(EventBusName), Name), store),
    CreatedBy: account,
  }),
});
