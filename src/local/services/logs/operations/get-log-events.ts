import {operationOf} from '../../../operation.ts';
import {boolean, integer, required, string, structure} from '../../../shape.ts';
import {onStream} from '../arns.ts';
import {groupOf} from '../group-of.ts';
import {pageOfStream} from '../log-events.ts';
import type {LogsStore} from '../store.ts';

export const getLogEvents = operationOf<LogsStore>()({
  name: 'GetLogEvents',
  input: structure({
    logGroupName: string,
    logGroupIdentifier: string,
    logStreamName: required(string),
    startTime: integer,
    endTime: integer,
    nextToken: string,
    limit: integer,
    startFromHead: boolean,
  }),
  permissions: (input, context) => [onStream('GetLogEvents', groupOf(input), input.logStreamName, context)],
  run(input, _context, store) {
    const group = store.group(groupOf(input));
    const page = pageOfStream(group, store.stream(group.name, input.logStreamName), input, store);
    return {
      ...page,
      events: page.events.map(({timestamp, message, ingestionTime}) => ({timestamp, message, ingestionTime})),
    };
  },
});
