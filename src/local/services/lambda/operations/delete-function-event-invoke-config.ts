import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {eventInvokeConfig, eventInvokeHttp, eventInvokeKey} from '../event-invoke.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const deleteFunctionEventInvokeConfig = operationOf<LambdaStore>()({
  name: 'DeleteFunctionEventInvokeConfig',
  input: structure({FunctionName: required(string), Qualifier: string}),
  http: eventInvokeHttp('DELETE', 204),
  permissions: (input, context) => [onFunction('DeleteFunctionEventInvokeConfig', input, context)],
  run({FunctionName, Qualifier}, _context, store) {
    const reference = store.reference(FunctionName, Qualifier);
    eventInvokeConfig(reference, store);
    store.eventInvokeConfigs.delete(eventInvokeKey(reference));
    return {};
  },
});
