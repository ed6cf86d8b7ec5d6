import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {requireRoot} from '../nesting.ts';
import {changeSetPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

export const deleteChangeSet = operationOf<CloudFormationStore>()({
  name: 'DeleteChangeSet',
  input: structure({ChangeSetName: required(string), StackName: string}),
  permissions: (input, _context, store) => changeSetPermission('DeleteChangeSet', input, store),
  run({ChangeSetName, StackName}, _context, store) {
    const changeSet = store.findChangeSet(ChangeSetName, StackName);
    if (changeSet?.executionStatus === 'EXECUTE_IN_PROGRESS')
      throw new ServiceError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.changeSetId}] cannot be deleted in its current status of [EXECUTE_IN_PROGRESS]`,
      );
    if (changeSet !== undefined) requireRoot(changeSet, 'delete');
    if (changeSet !== undefined) store.deleteChangeSet(changeSet.changeSetId);
    return {};
  },
});
