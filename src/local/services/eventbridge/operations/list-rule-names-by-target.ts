import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import type {EventBridgeStore} from '../store.ts';

export const listRuleNamesByTarget = operationOf<EventBridgeStore>()({
  name: 'ListRuleNamesByTarget',
  input: structure({TargetArn: required(string), EventBusName: string, NextToken: string, Limit: integer}),
  permissions: () => [{action: 'events:ListRuleNamesByTarget', resource: '*'}],
  run(input, _context, store) {
    const rules = store
      .rules(store.bus(input.EventBusName))
      .filter(({targets}) => targets.some(({Arn}) => Arn === input.TargetArn));
    const {page, NextToken} = pageOf(rules, input);
    return {RuleNames: page.map(({name}) => name), NextToken};
  },
});
