import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, integer, string, structure} from '../../../shape.ts';
import {groupArn, onGroup} from '../arns.ts';
import {groupOf} from '../group-of.ts';
import {pageOf} from '../page.ts';
import type {LogStream, LogsStore} from '../store.ts';

export const describeLogStreams = operationOf<LogsStore>()({
  name: 'DescribeLogStreams',
  input: structure({
    logGroupName: string,
    logGroupIdentifier: string,
    logStreamNamePrefix: string,
    orderBy: string,
    descending: boolean,
    nextToken: string,
    limit: integer,
  }),
  permissions: (input, context) => [onGroup('DescribeLogStreams', groupOf(input), context)],
  run({logStreamNamePrefix: prefix, orderBy = 'LogStreamName', descending = false, ...input}, _context, store) {
    const group = store.group(groupOf(input));
    if (orderBy === 'LastEventTime' && prefix !== undefined)
      throw new ServiceError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
    const found = store
      .streamsOf(group.name)
      .filter(stream => stream.name.startsWith(prefix ?? ''))
      .sort(orderBy === 'LastEventTime' ? byLastEvent : byName);
    if (descending) found.reverse();
    const {page, nextToken} = pageOf(found, input);
    const arn = groupArn(group.name, store);
    return {
      logStreams: page.map(({group: _group, id: _id, name, ...stream}) => ({
        logStreamName: name,
        ...stream,
        arn: `${arn}:log-stream:${name}`,
      })),
      nextToken,
    };
  },
});

function byName(a: LogStream, b: LogStream): number {
  return a.name < b.name ? -1 : 1;
}

function byLastEvent(a: LogStream, b: LogStream): number {
  return (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0) || byName(a, b);
}
