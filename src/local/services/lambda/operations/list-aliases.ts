import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {onFunction} from '../function-name.ts';
import {page} from '../page.ts';
import type {LambdaStore} from '../store.ts';

export const listAliases = operationOf<LambdaStore>()({
  name: 'ListAliases',
  input: structure({FunctionName: required(string), FunctionVersion: string, Marker: string, MaxItems: integer}),
  http: {
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/aliases',
    query: {FunctionVersion: 'FunctionVersion', Marker: 'Marker', MaxItems: 'MaxItems'},
  },
  permissions: (input, context) => [onFunction('ListAliases', input, context)],
  run({FunctionName, FunctionVersion, ...paging}, _context, store) {
    const {name} = store.reference(FunctionName);
    store.function({name});
    const all = store
      .aliasesOf(name)
      .filter(alias => FunctionVersion === undefined || alias.FunctionVersion === FunctionVersion);
    const {items, ...rest} = page(all, paging);
    return {Aliases: items, ...rest};
  },
});
