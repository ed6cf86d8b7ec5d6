import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {newOperation} from '../new-stack.ts';
import {stackPermission} from '../permission.ts';
import {requireAssumable} from '../stack-role.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

/**
 * A stack that does not exist is as good as deleted. A creation is broken off for it; an update, or its rollback, has to
 * finish first.
 */
export const deleteStack = operationOf<CloudFormationStore>()({
  name: 'DeleteStack',
  input: structure({
    StackName: required(string),
    RetainResources: list(string, 'member'),
    ClientRequestToken: string,
    RoleARN: string,
  }),
  permissions: ({StackName, RoleARN}, _context, store) => stackPermission('DeleteStack', StackName, store, RoleARN),
  run({StackName, RetainResources = [], ClientRequestToken, RoleARN}, context, store) {
    const stack = store.find(StackName);
    if (stack === undefined || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {};
    const {stackId, status, stackName} = stack;
    requireAssumable(RoleARN, stackId, store);
    if (stack.terminationProtection)
      throw invalid(`Stack [${stackName}] cannot be deleted while TerminationProtection is enabled`);
    if (RetainResources.length > 0 && status !== 'DELETE_FAILED')
      throw invalid(
        `Invalid operation on stack [${stackName}]. RetainResources can only be specified for stacks in the DELETE_FAILED state.`,
      );
    const creating = status === 'CREATE_IN_PROGRESS';
    if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS' && !creating)
      throw invalid(`Stack [${stackName}] cannot be deleted while in status ${status}`);
    for (const changeSet of store.changeSets(stackId))
      if (!changeSet.executionStatus.startsWith('EXECUTE_')) store.deleteChangeSet(changeSet.changeSetId);
    store.setStatus(stackId, 'DELETE_IN_PROGRESS', 'User Initiated', {
      ...newOperation(context, {clientRequestToken: ClientRequestToken, roleArn: RoleARN ?? stack.roleArn}),
      skipped: RetainResources,
    });
    // What creates it goes on to delete it, once what is under way has ended.
    if (creating) store.engine.cancel(stackId);
    else store.engine.start(stackId);
    return {};
  },
});
