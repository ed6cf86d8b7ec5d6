import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, integer, list, string, structure} from '../../../shape.ts';
import {onGroup} from '../arns.ts';
import {logMessage} from '../filter-pattern.ts';
import {groupOf} from '../group-of.ts';
import {comesAfter} from '../log-events.ts';
import {parseFilterPattern} from '../parse-filter-pattern.ts';
import type {LogsStore} from '../store.ts';

export const filterLogEvents = operationOf<LogsStore>()({
  name: 'FilterLogEvents',
  input: structure({
    logGroupName: string,
    logGroupIdentifier: string,
    logStreamNames: list(string),
    logStreamNamePrefix: string,
    startTime: integer,
    endTime: integer,
    filterPattern: string,
    nextToken: string,
    limit: integer,
    /** Events are always interleaved, on AWS too since 2019. */
    interleaved: boolean,
  }),
  permissions: (input, context) => [onGroup('FilterLogEvents', groupOf(input), context)],
  run(input, _context, store) {
    const {logStreamNames, logStreamNamePrefix: prefix, limit = 10_000} = input;
    if (logStreamNames !== undefined && prefix !== undefined)
      throw new ServiceError(
        'InvalidParameterException',
        'logStreamNames and logStreamNamePrefix are mutually exclusive parameters.',
      );
    const group = store.group(groupOf(input));
    const streams = logStreamNames?.map(name => store.stream(group.name, name)) ?? store.streamsOf(group.name);
    const pattern = parseFilterPattern(input.filterPattern ?? '');
    const start = placeOf(input.nextToken);
    // Unlike that of GetLogEvents, this end is part of the range.
    const end = input.endTime === undefined ? undefined : input.endTime + 1;
    const found = store
      .read(
        group,
        streams.filter(({name}) => name.startsWith(prefix ?? '')),
        input.startTime,
        end,
      )
      .filter(event => comesAfter(event, start) && pattern.matches(logMessage(event.message)));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      events: page.map(({stream, sequence, ...event}) => ({
        logStreamName: stream,
        ...event,
        eventId: String(sequence).padStart(56, '0'),
      })),
      searchedLogStreams: [],
      nextToken: found.length > limit && last !== undefined ? `${last.timestamp}-${last.sequence}` : undefined,
    };
  },
});

function placeOf(token: string | undefined): {timestamp: number; sequence: number} {
  if (token === undefined) return {timestamp: -1, sequence: -1};
  const match = /^(\d+)-(\d+)$/.exec(token);
  if (match === null) throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  return {timestamp: Number(match[1]), sequence: Number(match[2])};
}
