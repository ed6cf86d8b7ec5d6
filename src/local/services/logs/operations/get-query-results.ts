import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onAnything, onGroup} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const getQueryResults = operationOf<LogsStore>()({
  name: 'GetQueryResults',
  input: structure({queryId: required(string)}),
  permissions({queryId}, context, store) {
    const {groups} = store.query(queryId);
    return groups.length === 0
      ? [onAnything('GetQueryResults')]
      : groups.map(name => onGroup('GetQueryResults', name, context));
  },
  run({queryId}, _context, store) {
    const {results, statistics} = store.query(queryId);
    return {queryLanguage: 'CWLI', status: 'Complete', results, statistics};
  },
});
