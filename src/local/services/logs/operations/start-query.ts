import {operationOf} from '../../../operation.ts';
import {notImplemented, ServiceError} from '../../../service-error.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {onAnything, onGroup} from '../arns.ts';
import {parseQuery} from '../insights/parse-query.ts';
import {queriedGroups} from '../insights/queried-groups.ts';
import {runQuery} from '../insights/run-query.ts';
import type {LogsStore} from '../store.ts';

export const startQuery = operationOf<LogsStore>()({
  name: 'StartQuery',
  input: structure({
    queryLanguage: string,
    logGroupName: string,
    logGroupNames: list(string),
    logGroupIdentifiers: list(string),
    startTime: required(integer),
    endTime: required(integer),
    queryString: required(string),
    limit: integer,
  }),
  permissions(input, context, store) {
    const groups = queriedGroups(input, store);
    return groups.length === 0 ? [onAnything('StartQuery')] : groups.map(name => onGroup('StartQuery', name, context));
  },
  run({queryLanguage = 'CWLI', limit = 10_000, ...input}, _context, store) {
    if (queryLanguage !== 'CWLI')
      throw notImplemented(`the query language ${queryLanguage} of CloudWatch Logs Insights`);
    if (input.endTime < input.startTime)
      throw new ServiceError('InvalidParameterException', 'The end of the time range is before its start.');
    const query = runQuery(parseQuery(input.queryString), queriedGroups(input, store), {...input, limit}, store);
    store.queries.set(query.id, query);
    return {queryId: query.id};
  },
});
