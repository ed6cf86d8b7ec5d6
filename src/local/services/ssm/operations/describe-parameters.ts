import {operationOf} from '../../../operation.ts';
import {structure} from '../../../shape.ts';
import {pageMembers, pageOf} from '../page.ts';
import {newest, shownMetadata} from '../parameter.ts';
import {filterList, matchesFilters} from '../parameter-filters.ts';
import type {SsmStore} from '../store.ts';

/** The older `Filters` are refused by name. */
export const describeParameters = operationOf<SsmStore>()({
  name: 'DescribeParameters',
  input: structure({ParameterFilters: filterList, ...pageMembers}),
  permissions: () => [{action: 'ssm:DescribeParameters', resource: '*'}],
  run({ParameterFilters, ...input}, _context, store) {
    const found = store.parameters().filter(parameter => matchesFilters(parameter, ParameterFilters));
    const {page, NextToken} = pageOf(found, input, 50);
    return {
      Parameters: page.map(parameter => ({
        ...shownMetadata(parameter.name, newest(parameter)),
        ARN: store.arnOf(parameter.name),
      })),
      NextToken,
    };
  },
});
