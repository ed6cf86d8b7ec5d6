import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

export const cancelUpdateStack = operationOf<CloudFormationStore>()({
  name: 'CancelUpdateStack',
  input: structure({StackName: required(string)}),
  permissions: ({StackName}, _context, store) => stackPermission('CancelUpdateStack', StackName, store),
  run({StackName}, _context, store) {
    const {stackId, status} = store.get(StackName, `Stack [${StackName}] does not exist`);
    if (status !== 'UPDATE_IN_PROGRESS') throw invalid('CancelUpdateStack cannot be called from current stack status');
    store.engine.cancel(stackId);
    return {};
  },
});
