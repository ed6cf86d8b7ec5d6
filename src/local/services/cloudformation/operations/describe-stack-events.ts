import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

export const describeStackEvents = operationOf<CloudFormationStore>()({
  name: 'DescribeStackEvents',
  input: structure({StackName: required(string), NextToken: string}),
  permissions: ({StackName}, _context, store) => stackPermission('DescribeStackEvents', StackName, store),
  run({StackName, NextToken}, _context, store) {
    const {stackId} = store.get(StackName, `Stack [${StackName}] does not exist`);
    const {entries, ...next} = page(store.events(stackId), NextToken);
    return {
      StackEvents: entries.map(event => ({
        StackId: event.stackId,
        EventId: event.eventId,
        StackName: event.stackName,
        OperationId: event.operationId,
        LogicalResourceId: event.logicalId,
        PhysicalResourceId: event.physicalId,
        ResourceType: event.type,
        Timestamp: new Date(event.time),
        ResourceStatus: event.status,
        ResourceStatusReason: event.statusReason,
        ResourceProperties: event.properties,
        ClientRequestToken: event.clientRequestToken,
      })),
      ...next,
    };
  },
});
