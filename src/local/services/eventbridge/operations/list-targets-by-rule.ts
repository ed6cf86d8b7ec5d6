import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import {onRule} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';

export const listTargetsByRule = operationOf<EventBridgeStore>()({
  name: 'ListTargetsByRule',
  input: structure({Rule: required(string), EventBusName: string, NextToken: string, Limit: integer}),
  permissions: ({Rule, EventBusName}, _context, store) => [onRule('ListTargetsByRule', Rule, EventBusName, store)],
  run(input, _context, store) {
    const {page, NextToken} = pageOf(store.rule(store.bus(input.EventBusName), input.Rule).targets, input);
    return {Targets: page, NextToken};
  },
});
