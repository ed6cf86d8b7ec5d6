import type {UsedFunction, UsedRole} from './access/usage.ts';
import type {CloudHealth} from './health.ts';
import type {CloudFormationStore} from './services/cloudformation/store.ts';
import type {IamStore} from './services/iam/store.ts';
import type {LambdaStore} from './services/lambda/store.ts';

export function deployedStacks(cloudformation: CloudFormationStore): CloudHealth['stacks'] {
  return cloudformation
    .stacks()
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .map(({stackName, status}) => ({name: stackName, status}));
}

/** Every function with its role, and by the name that the template gives it where a stack made it. */
export function deployedFunctions(
  lambda: LambdaStore,
  cloudformation: CloudFormationStore,
  invocationsOf: (functionName: string) => number,
): UsedFunction[] {
  const inTemplates = new Map<string, {readonly logicalId: string; readonly stackName: string}>();
  for (const {stackName, resources, status} of cloudformation.stacks()) {
    if (status === 'DELETE_COMPLETE') continue;
    for (const {logicalId, physicalId, type} of Object.values(resources))
      if (type === 'AWS::Lambda::Function' && physicalId !== undefined)
        inTemplates.set(physicalId, {logicalId, stackName});
  }
  return [...lambda.functions.values()]
    .map(({latest: {FunctionName, Role}}) => ({
      functionName: FunctionName,
      roleArn: Role,
      ...inTemplates.get(FunctionName),
      invocations: invocationsOf(FunctionName),
    }))
    .sort((a, b) => (a.functionName < b.functionName ? -1 : 1));
}

/** Every role that a stack has made. */
export function deployedRoles(iam: Pick<IamStore, 'roles'>, cloudformation: CloudFormationStore): UsedRole[] {
  const arns = new Map([...iam.roles()].map(({roleName, arn}) => [roleName, arn]));
  return cloudformation
    .stacks()
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .flatMap(({stackName, resources}) =>
      Object.values(resources).flatMap(({logicalId, physicalId, type}) => {
        const roleArn = type === 'AWS::IAM::Role' && physicalId !== undefined ? arns.get(physicalId) : undefined;
        return roleArn === undefined ? [] : [{roleArn, logicalId, stackName}];
      }),
    );
}
