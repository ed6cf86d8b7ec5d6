import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {integer, list, string, structure} from '../../../shape.ts';
import {groupArn, groupNameOf, onAnything} from '../arns.ts';
import {pageOf} from '../page.ts';
import type {LogGroup, LogsStore} from '../store.ts';

export const describeLogGroups = operationOf<LogsStore>()({
  name: 'DescribeLogGroups',
  input: structure({
    logGroupNamePrefix: string,
    logGroupNamePattern: string,
    logGroupIdentifiers: list(string),
    nextToken: string,
    limit: integer,
  }),
  permissions: () => [onAnything('DescribeLogGroups')],
  run({logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers, ...input}, _context, store) {
    if (prefix !== undefined && pattern !== undefined)
      throw new ServiceError(
        'InvalidParameterException',
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
      );
    const names = logGroupIdentifiers && new Set(logGroupIdentifiers.map(groupNameOf));
    const found = [...store.groups.values()]
      .filter(({name}) => name.startsWith(prefix ?? '') && (names === undefined || names.has(name)))
      .filter(({name}) => name.toLowerCase().includes((pattern ?? '').toLowerCase()))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const {page, nextToken} = pageOf(found, input);
    return {logGroups: page.map(group => describe(group, store)), nextToken};
  },
});

function describe(group: LogGroup, store: LogsStore) {
  const logGroupArn = groupArn(group.name, store);
  return {
    logGroupName: group.name,
    creationTime: group.creationTime,
    retentionInDays: group.retentionInDays,
    metricFilterCount: store.metricFiltersOf(group.name).length,
    arn: `${logGroupArn}:*`,
    logGroupArn,
    storedBytes: store.streamsOf(group.name).reduce((sum, stream) => sum + stream.storedBytes, 0),
    logGroupClass: 'STANDARD',
    deletionProtectionEnabled: group.deletionProtectionEnabled,
  };
}
