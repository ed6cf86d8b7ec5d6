import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {checkEnum} from '../errors.ts';
import {page} from '../page.ts';
import type {LambdaStore} from '../store.ts';

export const listFunctions = operationOf<LambdaStore>()({
  name: 'ListFunctions',
  input: structure({FunctionVersion: string, Marker: string, MaxItems: integer}),
  http: {
    method: 'GET',
    path: '/2015-03-31/functions',
    query: {FunctionVersion: 'FunctionVersion', Marker: 'Marker', MaxItems: 'MaxItems'},
  },
  permissions: () => [{action: 'lambda:ListFunctions', resource: '*'}],
  run(input, _context, store) {
    checkEnum('functionVersion', input.FunctionVersion, ['ALL']);
    const names = [...store.functions.keys()].sort();
    const all = names.flatMap(name => [
      store.function({name}).latest,
      ...(input.FunctionVersion === 'ALL' ? store.versionsOf(name) : []),
    ]);
    const {items, ...rest} = page(all, input);
    return {Functions: items, ...rest};
  },
});
