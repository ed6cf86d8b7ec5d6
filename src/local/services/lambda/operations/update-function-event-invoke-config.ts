import {operationOf} from '../../../operation.ts';
import {structure} from '../../../shape.ts';
import {
  eventInvokeAnswer,
  eventInvokeConfig,
  eventInvokeHttp,
  eventInvokeMembers,
  setEventInvokeConfig,
} from '../event-invoke.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

/** Changes only what is given. */
export const updateFunctionEventInvokeConfig = operationOf<LambdaStore>()({
  name: 'UpdateFunctionEventInvokeConfig',
  input: structure(eventInvokeMembers),
  http: eventInvokeHttp('POST'),
  permissions: (input, context) => [onFunction('UpdateFunctionEventInvokeConfig', input, context)],
  run({FunctionName, Qualifier, ...input}, _context, store) {
    const reference = store.reference(FunctionName, Qualifier);
    return eventInvokeAnswer(setEventInvokeConfig(reference, input, eventInvokeConfig(reference, store), store));
  },
});
