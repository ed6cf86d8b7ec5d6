import {operationOf} from '../../../operation.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {onStream} from '../arns.ts';
import {acceptEvents} from '../log-events.ts';
import {metricsOf} from '../metrics-of.ts';
import type {LogsStore} from '../store.ts';

/** `entity` is refused by name. */
export const putLogEvents = operationOf<LogsStore>()({
  name: 'PutLogEvents',
  input: structure({
    logGroupName: required(string),
    logStreamName: required(string),
    logEvents: required(list(structure({timestamp: required(integer), message: required(string)}))),
    /** Taken and ignored, by AWS too since 2023. */
    sequenceToken: string,
  }),
  permissions: (input, context) => [onStream('PutLogEvents', input.logGroupName, input.logStreamName, context)],
  run({logGroupName, logStreamName, logEvents}, context, store) {
    const stream = store.stream(logGroupName, logStreamName);
    const {events, ...rejected} = acceptEvents(logEvents, store.group(logGroupName), store);
    if (events.length > 0)
      store.transaction(() => {
        store.append(stream, events);
        for (const sample of metricsOf(logGroupName, events, store)) store.onMetric(sample);
      });
    return {nextSequenceToken: context.requestId, ...rejected};
  },
});
