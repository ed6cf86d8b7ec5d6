import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {handleOf, startMoveTask} from '../move-task.ts';
import type {SqsStore} from '../store.ts';

export const startMessageMoveTask = operationOf<SqsStore>()({
  name: 'StartMessageMoveTask',
  input: structure({
    SourceArn: required(string),
    DestinationArn: string,
    MaxNumberOfMessagesPerSecond: integer,
  }),
  /** Without a destination the messages go back where they came from, which no statement has to name. */
  permissions: ({SourceArn, DestinationArn}) => [
    ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(action => ({
      action: `sqs:${action}`,
      resource: SourceArn,
    })),
    ...(DestinationArn === undefined ? [] : [{action: 'sqs:SendMessage', resource: DestinationArn}]),
  ],
  run({SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond}, _context, store) {
    const task = startMoveTask(store, {
      sourceArn: SourceArn,
      ...(DestinationArn !== undefined && {destinationArn: DestinationArn}),
      ...(MaxNumberOfMessagesPerSecond !== undefined && {perSecond: MaxNumberOfMessagesPerSecond}),
    });
    return {TaskHandle: handleOf(task)};
  },
});
