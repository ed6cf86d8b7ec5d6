import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

export const updateTerminationProtection = operationOf<CloudFormationStore>()({
  name: 'UpdateTerminationProtection',
  input: structure({StackName: required(string), EnableTerminationProtection: required(boolean)}),
  permissions: ({StackName}, _context, store) => stackPermission('UpdateTerminationProtection', StackName, store),
  run({StackName, EnableTerminationProtection}, _context, store) {
    const {stackId} = store.get(StackName, `Stack [${StackName}] does not exist`);
    store.update(stackId, stack => ({...stack, terminationProtection: EnableTerminationProtection}));
    return {StackId: stackId};
  },
});
