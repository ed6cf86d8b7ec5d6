import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {requireRoot} from '../nesting.ts';
import {newOperation, requireUpdatable} from '../new-stack.ts';
import {changeSetPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

export const executeChangeSet = operationOf<CloudFormationStore>()({
  name: 'ExecuteChangeSet',
  input: structure({
    ChangeSetName: required(string),
    StackName: string,
    ClientRequestToken: string,
    DisableRollback: boolean,
  }),
  permissions: (input, _context, store) => changeSetPermission('ExecuteChangeSet', input, store),
  run({ChangeSetName, StackName, ClientRequestToken, DisableRollback}, context, store) {
    const changeSet = store.getChangeSet(ChangeSetName, StackName);
    requireRoot(changeSet, 'execute');
    if (changeSet.executionStatus !== 'AVAILABLE')
      throw new ServiceError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.changeSetId}] cannot be executed in its current status of [${changeSet.status === 'FAILED' ? 'FAILED' : changeSet.executionStatus}]`,
      );
    if (DisableRollback === true && changeSet.onFailure !== undefined)
      throw invalid('You can specify either DisableRollback or OnStackFailure, but not both.');
    const stack = store.get(changeSet.stackId);
    const creating = changeSet.type === 'CREATE';
    if (!creating) requireUpdatable(stack);
    const {stackId} = stack;
    // What the others would change is no longer what they say.
    for (const other of store.changeSets(stackId)) store.deleteChangeSet(other.changeSetId);
    store.saveChangeSet({...changeSet, executionStatus: 'EXECUTE_IN_PROGRESS'});
    store.setStatus(stackId, creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS', 'User Initiated', {
      ...newOperation(context, {
        clientRequestToken: ClientRequestToken,
        roleArn: changeSet.roleArn ?? stack.roleArn,
      }),
      changeSetId: changeSet.changeSetId,
      target: changeSet.deployment,
      onFailure: DisableRollback === true ? 'DO_NOTHING' : (changeSet.onFailure ?? 'ROLLBACK'),
      ...(creating ? {} : {updated: store.now(), before: stack.resources}),
    });
    store.engine.start(stackId);
    return {};
  },
});
