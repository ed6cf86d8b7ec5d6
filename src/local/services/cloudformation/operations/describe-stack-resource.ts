import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {describedResource} from '../answers.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

export const describeStackResource = operationOf<CloudFormationStore>()({
  name: 'DescribeStackResource',
  input: structure({StackName: required(string), LogicalResourceId: required(string)}),
  permissions: ({StackName}, _context, store) => stackPermission('DescribeStackResource', StackName, store),
  run({StackName, LogicalResourceId}, _context, store) {
    const stack = store.get(StackName, `Stack '${StackName}' does not exist`);
    const resource = Object.hasOwn(stack.resources, LogicalResourceId) && stack.resources[LogicalResourceId];
    if (!resource) throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${stack.stackName}`);
    return {
      StackResourceDetail: {
        StackName: stack.stackName,
        StackId: stack.stackId,
        LastUpdatedTimestamp: new Date(resource.time),
        Metadata: resource.metadata === undefined ? '{}' : JSON.stringify(resource.metadata),
        ...describedResource(resource),
      },
    };
  },
});
