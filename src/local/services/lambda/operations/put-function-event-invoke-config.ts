import {operationOf} from '../../../operation.ts';
import {structure} from '../../../shape.ts';
import {eventInvokeAnswer, eventInvokeHttp, eventInvokeMembers, setEventInvokeConfig} from '../event-invoke.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

/** Replaces what was there. */
export const putFunctionEventInvokeConfig = operationOf<LambdaStore>()({
  name: 'PutFunctionEventInvokeConfig',
  input: structure(eventInvokeMembers),
  http: eventInvokeHttp('PUT'),
  permissions: (input, context) => [onFunction('PutFunctionEventInvokeConfig', input, context)],
  run({FunctionName, Qualifier, ...input}, _context, store) {
    const reference = store.reference(FunctionName, Qualifier);
    return eventInvokeAnswer(setEventInvokeConfig(reference, input, undefined, store));
  },
});
