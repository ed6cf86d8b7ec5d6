import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {driftStatus, isDrifted} from '../drift.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

export const describeStackDriftDetectionStatus = operationOf<CloudFormationStore>()({
  name: 'DescribeStackDriftDetectionStatus',
  input: structure({StackDriftDetectionId: required(string)}),
  permissions: (_input, _context, store) => stackPermission('DescribeStackDriftDetectionStatus', undefined, store),
  run({StackDriftDetectionId}, _context, store) {
    const stack = store.stacks().find(({drift}) => drift?.detectionId === StackDriftDetectionId);
    if (stack?.drift === undefined) throw invalid(`Drift detection [${StackDriftDetectionId}] does not exist`);
    return {
      StackId: stack.stackId,
      StackDriftDetectionId,
      StackDriftStatus: driftStatus(stack.drift),
      DetectionStatus: 'DETECTION_COMPLETE',
      DriftedStackResourceCount: stack.drift.resources.filter(isDrifted).length,
      Timestamp: new Date(stack.drift.time),
    };
  },
});
