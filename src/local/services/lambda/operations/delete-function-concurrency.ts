import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const deleteFunctionConcurrency = operationOf<LambdaStore>()({
  name: 'DeleteFunctionConcurrency',
  input: structure({FunctionName: required(string)}),
  http: {method: 'DELETE', path: '/2017-10-31/functions/{FunctionName}/concurrency', status: 204},
  permissions: (input, context) => [onFunction('DeleteFunctionConcurrency', input, context)],
  run({FunctionName}, _context, store) {
    const {name} = store.reference(FunctionName);
    const {reservedConcurrency, ...record} = store.function({name});
    store.functions.set(name, record);
    return {};
  },
});
