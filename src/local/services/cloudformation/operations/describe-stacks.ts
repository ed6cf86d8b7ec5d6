import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {describedStack} from '../answers.ts';
import {nestingOf} from '../nesting.ts';
import {page} from '../page.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

export const describeStacks = operationOf<CloudFormationStore>()({
  name: 'DescribeStacks',
  input: structure({StackName: string, NextToken: string}),
  permissions: ({StackName}, _context, store) => stackPermission('DescribeStacks', StackName, store),
  run({StackName, NextToken}, _context, store) {
    const stacks =
      StackName === undefined
        ? store.stacks().filter(({status}) => status !== 'DELETE_COMPLETE')
        : [store.get(StackName)];
    const {entries, ...next} = page(stacks, NextToken);
    return {Stacks: entries.map(stack => describedStack(stack, nestingOf(stack.stackId, store))), ...next};
  },
});
