import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {describedResource} from '../answers.ts';
import type {Stack} from '../model.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

export const describeStackResources = operationOf<CloudFormationStore>()({
  name: 'DescribeStackResources',
  input: structure({StackName: string, LogicalResourceId: string, PhysicalResourceId: string}),
  permissions: ({StackName}, _context, store) => stackPermission('DescribeStackResources', StackName, store),
  run({StackName, LogicalResourceId, PhysicalResourceId}, _context, store) {
    const stack = StackName === undefined ? owner(store, PhysicalResourceId) : store.get(StackName);
    const resources = Object.values(stack.resources).filter(
      ({logicalId}) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
    );
    return {
      StackResources: resources.map(resource => ({
        StackName: stack.stackName,
        StackId: stack.stackId,
        Timestamp: new Date(resource.time),
        ...describedResource(resource),
      })),
    };
  },
});

function owner(store: CloudFormationStore, physicalId: string | undefined): Stack {
  if (physicalId === undefined) throw invalid('Either StackName or PhysicalResourceId must be specified.');
  const stack = store
    .stacks()
    .find(({resources}) => Object.values(resources).some(resource => resource.physicalId === physicalId));
  if (stack === undefined) throw invalid(`Stack for ${physicalId} does not exist`);
  return stack;
}
