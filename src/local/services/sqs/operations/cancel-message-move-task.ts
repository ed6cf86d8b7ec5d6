import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {cancelMoveTask, taskOfHandle} from '../move-task.ts';
import type {SqsStore} from '../store.ts';

export const cancelMessageMoveTask = operationOf<SqsStore>()({
  name: 'CancelMessageMoveTask',
  input: structure({TaskHandle: required(string)}),
  permissions: ({TaskHandle}) => [{action: 'sqs:CancelMessageMoveTask', resource: taskOfHandle(TaskHandle).sourceArn}],
  run({TaskHandle}, _context, store) {
    return {ApproximateNumberOfMessagesMoved: cancelMoveTask(store, TaskHandle)};
  },
});
