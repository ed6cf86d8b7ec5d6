import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {newOperation} from '../new-stack.ts';
import {stackPermission} from '../permission.ts';
import {requireSkippable} from '../rollback-skips.ts';
import {requireAssumable} from '../stack-role.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

export const continueUpdateRollback = operationOf<CloudFormationStore>()({
  name: 'ContinueUpdateRollback',
  input: structure({
    StackName: required(string),
    ResourcesToSkip: list(string, 'member'),
    ClientRequestToken: string,
    RoleARN: string,
  }),
  permissions: ({StackName, RoleARN}, _context, store) =>
    stackPermission('ContinueUpdateRollback', StackName, store, RoleARN),
  run({StackName, ResourcesToSkip = [], ClientRequestToken, RoleARN}, context, store) {
    const stack = store.get(StackName, `Stack [${StackName}] does not exist`);
    const {stackId, status, roleArn} = stack;
    requireAssumable(RoleARN, stackId, store);
    if (status !== 'UPDATE_ROLLBACK_FAILED')
      throw invalid(`Stack:${stackId} is in ${status} state and can not continue rolling back its update.`);
    requireSkippable(stack, ResourcesToSkip);
    store.setStatus(stackId, 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated', {
      ...newOperation(context, {clientRequestToken: ClientRequestToken, roleArn: RoleARN ?? roleArn}),
      skipped: ResourcesToSkip,
    });
    store.engine.start(stackId);
    return {};
  },
});
