import type {RequestContext} from '../../../operation.ts';
import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import type {Plan} from '../engine.ts';
import type {ChangeSet, ChangeSetType, Deployment, Stack} from '../model.ts';
import {planNestedStacks} from '../nested-change-sets.ts';
import {newStack, requireUpdatable} from '../new-stack.ts';
import {onFailureOf} from '../on-failure.ts';
import {passingRole, requireAssumable, roleContext} from '../stack-role.ts';
import type {CloudFormationStore} from '../store.ts';
import {currentDeployment, invalid, readSubmission, submissionMembers} from '../submission.ts';

const nothingChanged =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export const createChangeSet = operationOf<CloudFormationStore>()({
  name: 'CreateChangeSet',
  input: structure({
    ...submissionMembers,
    StackName: required(string),
    ChangeSetName: required(string),
    UsePreviousTemplate: boolean,
    ChangeSetType: string,
    ClientToken: string,
    Description: string,
    OnStackFailure: string,
    RoleARN: string,
    IncludeNestedStacks: boolean,
  }),
  permissions: (input, _context, store) => [
    {
      action: 'cloudformation:CreateChangeSet',
      resource: store.permissionResource(input.StackName),
      context: {'cloudformation:ChangeSetName': input.ChangeSetName, ...roleContext(input.RoleARN)},
    },
    ...passingRole(input.RoleARN),
  ],
  async run(input, context, store) {
    const {StackName, ChangeSetName, ClientToken, RoleARN} = input;
    const type = changeSetType(input.ChangeSetType);
    const onFailure = onFailureOf(input.OnStackFailure);
    const stack = stackFor(store, StackName, ChangeSetName, type, context);
    const repeated = store.findChangeSet(ChangeSetName, stack.stackId);
    if (repeated !== undefined) {
      if (ClientToken !== undefined && repeated.clientToken === ClientToken)
        return {Id: repeated.changeSetId, StackId: stack.stackId};
      throw new ServiceError('AlreadyExistsException', `ChangeSet ${ChangeSetName} already exists`);
    }
    requireAssumable(RoleARN, stack.stackId, store);
    const deployment = await readSubmission(input, context, {previous: currentDeployment(stack), reviewed: true});
    const changeSetId = store.arn('changeSet', ChangeSetName);
    const own = store.engine.plan(stack, deployment);
    const {plan, nested} = input.IncludeNestedStacks
      ? await planNestedStacks(
          {stack, deployment, plan: own, changeSetId, changeSetName: ChangeSetName},
          context,
          store,
        )
      : {plan: own, nested: []};
    if (store.find(stack.stackId) === undefined) {
      store.save(stack);
      store.setStatus(stack.stackId, 'REVIEW_IN_PROGRESS', 'User Initiated');
    }
    const changeSet = store.saveChangeSet({
      ...changeSetOf(stack, deployment, plan),
      changeSetId,
      changeSetName: ChangeSetName,
      type,
      created: store.now(),
      includeNestedStacks: input.IncludeNestedStacks ?? false,
      ...(input.Description === undefined ? {} : {description: input.Description}),
      ...(ClientToken === undefined ? {} : {clientToken: ClientToken}),
      ...(onFailure === undefined ? {} : {onFailure}),
      ...(RoleARN === undefined ? {} : {roleArn: RoleARN}),
    });
    for (const each of nested) store.saveChangeSet({...each, created: changeSet.created});
    return {Id: changeSet.changeSetId, StackId: stack.stackId};
  },
});

function changeSetType(type = 'UPDATE'): ChangeSetType {
  if (type === 'CREATE' || type === 'UPDATE') return type;
  throw invalid(`gear local does not implement change sets of type ${type}`);
}

function stackFor(
  store: CloudFormationStore,
  stackName: string,
  changeSetName: string,
  type: ChangeSetType,
  context: RequestContext,
): Stack {
  const stack = store.find(stackName);
  if (type === 'UPDATE') {
    if (stack === undefined) throw invalid(`Stack [${stackName}] does not exist`);
    requireUpdatable(stack);
    return stack;
  }
  if (stack !== undefined && stack.status !== 'REVIEW_IN_PROGRESS')
    throw invalid(
      `Stack [${stackName}] already exists and cannot be created again with the changeSet [${changeSetName}].`,
    );
  return stack ?? newStack(store, stackName, context);
}

function changeSetOf(
  {stackId, stackName}: Stack,
  deployment: Deployment,
  {parameters, changes, changesSomething}: Plan,
): Pick<
  ChangeSet,
  'stackId' | 'stackName' | 'deployment' | 'parameters' | 'changes' | 'status' | 'statusReason' | 'executionStatus'
> {
  const about = {stackId, stackName, deployment, parameters, changes};
  return changesSomething
    ? {...about, status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE'}
    : {...about, status: 'FAILED', statusReason: nothingChanged, executionStatus: 'UNAVAILABLE'};
}
