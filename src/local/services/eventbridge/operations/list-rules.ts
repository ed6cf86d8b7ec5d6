import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import {shownRule} from '../shown-rule.ts';
import type {EventBridgeStore} from '../store.ts';

export const listRules = operationOf<EventBridgeStore>()({
  name: 'ListRules',
  input: structure({NamePrefix: string, EventBusName: string, NextToken: string, Limit: integer}),
  permissions: () => [{action: 'events:ListRules', resource: '*'}],
  run(input, _context, store) {
    const rules = store
      .rules(store.bus(input.EventBusName))
      .filter(({name}) => name.startsWith(input.NamePrefix ?? ''));
    const {page, NextToken} = pageOf(rules, input);
    return {Rules: page.map(rule => shownRule(rule, store)), NextToken};
  },
});
