import {operationOf} from '../../../operation.ts';
import {list, string, structure} from '../../../shape.ts';
import {summarizedStack} from '../answers.ts';
import {nestingOf} from '../nesting.ts';
import {page} from '../page.ts';
import type {CloudFormationStore} from '../store.ts';

export const listStacks = operationOf<CloudFormationStore>()({
  name: 'ListStacks',
  input: structure({StackStatusFilter: list(string, 'member'), NextToken: string}),
  permissions: () => [{action: 'cloudformation:ListStacks', resource: '*'}],
  run({StackStatusFilter = [], NextToken}, _context, store) {
    const wanted = store
      .stacks()
      .filter(({status}) => StackStatusFilter.length === 0 || StackStatusFilter.includes(status));
    const {entries, ...next} = page(wanted, NextToken);
    return {StackSummaries: entries.map(stack => summarizedStack(stack, nestingOf(stack.stackId, store))), ...next};
  },
});
