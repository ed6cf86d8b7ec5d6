import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const getAlias = operationOf<LambdaStore>()({
  name: 'GetAlias',
  input: structure({FunctionName: required(string), Name: required(string)}),
  http: {method: 'GET', path: '/2015-03-31/functions/{FunctionName}/aliases/{Name}'},
  permissions: (input, context) => [onFunction('GetAlias', input, context)],
  run({FunctionName, Name}, _context, store) {
    const {name} = store.reference(FunctionName);
    store.function({name});
    return store.alias({name, qualifier: Name});
  },
});
