import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {reserveConcurrency} from '../concurrency.ts';
import {checkRange} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const putFunctionConcurrency = operationOf<LambdaStore>()({
  name: 'PutFunctionConcurrency',
  input: structure({FunctionName: required(string), ReservedConcurrentExecutions: required(integer)}),
  http: {method: 'PUT', path: '/2017-10-31/functions/{FunctionName}/concurrency'},
  permissions: (input, context) => [onFunction('PutFunctionConcurrency', input, context)],
  run({FunctionName, ReservedConcurrentExecutions}, _context, store) {
    checkRange('reservedConcurrentExecutions', ReservedConcurrentExecutions, 0, Number.MAX_SAFE_INTEGER);
    reserveConcurrency(store.reference(FunctionName), ReservedConcurrentExecutions, store);
    return {ReservedConcurrentExecutions};
  },
});
