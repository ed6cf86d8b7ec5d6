import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {newOperation, requireUpdatable} from '../new-stack.ts';
import {stackPermission} from '../permission.ts';
import {requireAssumable} from '../stack-role.ts';
import type {CloudFormationStore} from '../store.ts';
import {currentDeployment, invalid, readSubmission, submissionMembers} from '../submission.ts';

export const updateStack = operationOf<CloudFormationStore>()({
  name: 'UpdateStack',
  input: structure({
    ...submissionMembers,
    StackName: required(string),
    UsePreviousTemplate: boolean,
    DisableRollback: boolean,
    ClientRequestToken: string,
    RoleARN: string,
  }),
  permissions: ({StackName, RoleARN}, _context, store) => stackPermission('UpdateStack', StackName, store, RoleARN),
  async run(input, context, store) {
    const {StackName, DisableRollback, ClientRequestToken, RoleARN} = input;
    const {stackId} = store.get(StackName, `Stack [${StackName}] does not exist`);
    requireUpdatable(store.get(stackId));
    requireAssumable(RoleARN, stackId, store);
    const target = await readSubmission(input, context, {previous: currentDeployment(store.get(stackId))});
    const stack = store.get(stackId);
    requireUpdatable(stack);
    if (!store.engine.plan(stack, target).changesSomething) throw invalid('No updates are to be performed.');
    for (const changeSet of store.changeSets(stackId))
      if (changeSet.executionStatus === 'AVAILABLE') store.saveChangeSet({...changeSet, executionStatus: 'OBSOLETE'});
    store.setStatus(stackId, 'UPDATE_IN_PROGRESS', 'User Initiated', {
      ...newOperation(context, {clientRequestToken: ClientRequestToken, roleArn: RoleARN ?? stack.roleArn}),
      target,
      updated: store.now(),
      before: stack.resources,
      onFailure: DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK',
    });
    store.engine.start(stackId);
    return {StackId: stackId};
  },
});
