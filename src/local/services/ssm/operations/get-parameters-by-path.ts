import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {pageMembers, pageOf} from '../page.ts';
import {newest} from '../parameter.ts';
import {isUnder} from '../parameter-filters.ts';
import {onParameter} from '../permissions.ts';
import {shownParameter} from '../shown-parameter.ts';
import type {SsmStore} from '../store.ts';

/** The permission is on the path: whoever has it may read every level below. `ParameterFilters` are refused by name. */
export const getParametersByPath = operationOf<SsmStore>()({
  name: 'GetParametersByPath',
  input: structure({Path: required(string), Recursive: boolean, WithDecryption: boolean, ...pageMembers}),
  permissions: ({Path, Recursive}, _context, store) => [
    onParameter('GetParametersByPath', Path, store, {'ssm:Recursive': String(Recursive ?? false)}),
  ],
  async run({Path, Recursive = false, WithDecryption, ...input}, context, store) {
    if (!Path.startsWith('/'))
      throw invalid(
        'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
      );
    const under = store.parameters().filter(({name}) => name.startsWith('/') && isUnder(name, Path, Recursive));
    const {page, NextToken} = pageOf(under, input, 10);
    const Parameters: object[] = [];
    for (const parameter of page)
      Parameters.push(await shownParameter({parameter, version: newest(parameter)}, WithDecryption, context, store));
    return {Parameters, NextToken};
  },
});
