import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {eventInvokeAnswer, eventInvokeConfig, eventInvokeHttp} from '../event-invoke.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const getFunctionEventInvokeConfig = operationOf<LambdaStore>()({
  name: 'GetFunctionEventInvokeConfig',
  input: structure({FunctionName: required(string), Qualifier: string}),
  http: eventInvokeHttp('GET'),
  permissions: (input, context) => [onFunction('GetFunctionEventInvokeConfig', input, context)],
  run: ({FunctionName, Qualifier}, _context, store) =>
    eventInvokeAnswer(eventInvokeConfig(store.reference(FunctionName, Qualifier), store)),
});
