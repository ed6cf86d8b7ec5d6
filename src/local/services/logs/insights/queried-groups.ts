import {ServiceError} from '../../../service-error.ts';
import {groupNameOf} from '../arns.ts';
import type {LogsStore} from '../store.ts';
import {parseQuery} from './parse-query.ts';

interface QueryInput {
  readonly logGroupName?: string | undefined;
  readonly logGroupNames?: readonly string[] | undefined;
  readonly logGroupIdentifiers?: readonly string[] | undefined;
  readonly queryString: string;
}

/** The names of the log groups that a query reads: from one member of the input, or by the query's own SOURCE. */
export function queriedGroups(input: QueryInput, store: LogsStore): readonly string[] {
  const {source} = parseQuery(input.queryString);
  const {logGroupName, logGroupNames, logGroupIdentifiers} = input;
  const ways = [logGroupName && [logGroupName], logGroupNames, logGroupIdentifiers?.map(groupNameOf)];
  const given = ways.filter(way => way !== undefined && way !== '');
  if (given.length !== (source === undefined ? 1 : 0))
    throw new ServiceError(
      'InvalidParameterException',
      'Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified, or the query must have a SOURCE.',
    );
  if (source === undefined) {
    const names = given[0]!;
    if (names.length > 50) throw new ServiceError('InvalidParameterException', 'A query has at most 50 log groups.');
    return names;
  }
  if (!source.class.includes('STANDARD')) return [];
  return [...store.groups.keys()]
    .filter(name => source.namePrefix?.some(prefix => name.startsWith(prefix)) ?? true)
    .sort();
}
