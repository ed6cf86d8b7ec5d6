import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {newOperation, newStack} from '../new-stack.ts';
import {onFailureOf} from '../on-failure.ts';
import {stackPermission} from '../permission.ts';
import {requireAssumable} from '../stack-role.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid, readSubmission, submissionMembers} from '../submission.ts';

export const createStack = operationOf<CloudFormationStore>()({
  name: 'CreateStack',
  input: structure({
    ...submissionMembers,
    StackName: required(string),
    DisableRollback: boolean,
    OnFailure: string,
    ClientRequestToken: string,
    RoleARN: string,
    EnableTerminationProtection: boolean,
  }),
  permissions: ({StackName, RoleARN}, _context, store) => stackPermission('CreateStack', StackName, store, RoleARN),
  async run(input, context, store) {
    const {StackName, DisableRollback, OnFailure, ClientRequestToken, RoleARN} = input;
    if (DisableRollback !== undefined && OnFailure !== undefined)
      throw invalid('You can specify either DisableRollback or OnFailure, but not both.');
    const requireAbsent = () => {
      if (store.find(StackName) !== undefined)
        throw new ServiceError('AlreadyExistsException', `Stack [${StackName}] already exists`);
    };
    requireAbsent();
    const stack = newStack(store, StackName, context);
    requireAssumable(RoleARN, stack.stackId, store);
    const target = await readSubmission(input, context);
    store.engine.plan(stack, target);
    requireAbsent();
    store.save({
      ...stack,
      target,
      onFailure: DisableRollback === true ? 'DO_NOTHING' : (onFailureOf(OnFailure) ?? 'ROLLBACK'),
      terminationProtection: input.EnableTerminationProtection ?? false,
    });
    store.setStatus(
      stack.stackId,
      'CREATE_IN_PROGRESS',
      'User Initiated',
      newOperation(context, {clientRequestToken: ClientRequestToken, roleArn: RoleARN}),
    );
    store.engine.start(stack.stackId);
    return {StackId: stack.stackId};
  },
});
