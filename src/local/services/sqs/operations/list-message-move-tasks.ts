import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {handleOf, moveTasksOf} from '../move-task.ts';
import type {SqsStore} from '../store.ts';

export const listMessageMoveTasks = operationOf<SqsStore>()({
  name: 'ListMessageMoveTasks',
  input: structure({SourceArn: required(string), MaxResults: integer}),
  permissions: ({SourceArn}) => [{action: 'sqs:ListMessageMoveTasks', resource: SourceArn}],
  run({SourceArn, MaxResults = 1}, _context, store) {
    if (MaxResults < 1 || MaxResults > 10)
      throw invalidParameter(
        `Value ${MaxResults} for parameter MaxResults is invalid. Reason: Must be between 1 and 10.`,
      );
    if (store.queueOfArn(SourceArn) === undefined)
      throw new ServiceError(
        'ResourceNotFoundException',
        "The resource that you specified for the SourceArn parameter doesn't exist.",
        {status: 404},
      );
    const tasks = moveTasksOf(store, SourceArn).slice(0, MaxResults);
    return {
      Results: tasks.map(task => ({
        TaskHandle: task.status === 'RUNNING' ? handleOf(task) : undefined,
        Status: task.status,
        SourceArn: task.sourceArn,
        DestinationArn: task.destinationArn,
        MaxNumberOfMessagesPerSecond: task.perSecond,
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.toMove,
        FailureReason: task.failureReason,
        StartedTimestamp: task.startedAt,
      })),
    };
  },
});
