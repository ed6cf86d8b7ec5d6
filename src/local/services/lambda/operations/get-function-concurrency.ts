import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const getFunctionConcurrency = operationOf<LambdaStore>()({
  name: 'GetFunctionConcurrency',
  input: structure({FunctionName: required(string)}),
  http: {method: 'GET', path: '/2019-09-30/functions/{FunctionName}/concurrency'},
  permissions: (input, context) => [onFunction('GetFunctionConcurrency', input, context)],
  run({FunctionName}, _context, store) {
    return {ReservedConcurrentExecutions: store.function(store.reference(FunctionName)).reservedConcurrency};
  },
});
