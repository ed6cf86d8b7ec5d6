import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

/** As the last detection found them; none before the first. */
export const describeStackResourceDrifts = operationOf<CloudFormationStore>()({
  name: 'DescribeStackResourceDrifts',
  input: structure({
    StackName: required(string),
    StackResourceDriftStatusFilters: list(string, 'member'),
    NextToken: string,
  }),
  permissions: ({StackName}, _context, store) => stackPermission('DescribeStackResourceDrifts', StackName, store),
  run({StackName, StackResourceDriftStatusFilters: wanted, NextToken}, _context, store) {
    const {stackId, drift} = store.get(StackName);
    const found = (drift?.resources ?? []).filter(({status}) => wanted === undefined || wanted.includes(status));
    const {entries, ...next} = page(found, NextToken);
    return {
      StackResourceDrifts: entries.map(
        ({logicalId, physicalId, type, status, differences, time, expected, actual}) => ({
          StackId: stackId,
          LogicalResourceId: logicalId,
          PhysicalResourceId: physicalId,
          ResourceType: type,
          ExpectedProperties: expected && JSON.stringify(expected),
          ActualProperties: actual && JSON.stringify(actual),
          PropertyDifferences: differences.map(({path, kind, expected: before, actual: after}) => ({
            PropertyPath: path,
            ExpectedValue: before,
            ActualValue: after,
            DifferenceType: kind,
          })),
          StackResourceDriftStatus: status,
          Timestamp: new Date(time),
        }),
      ),
      ...next,
    };
  },
});
