import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const getFunctionConfiguration = operationOf<LambdaStore>()({
  name: 'GetFunctionConfiguration',
  input: structure({FunctionName: required(string), Qualifier: string}),
  http: {method: 'GET', path: '/2015-03-31/functions/{FunctionName}/configuration', query: {Qualifier: 'Qualifier'}},
  permissions: (input, context) => [onFunction('GetFunctionConfiguration', input, context)],
  run: ({FunctionName, Qualifier}, _context, store) => store.configuration(store.reference(FunctionName, Qualifier)),
});
