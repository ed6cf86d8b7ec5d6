import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {eventInvokeAnswer} from '../event-invoke.ts';
import {onFunction} from '../function-name.ts';
import {page} from '../page.ts';
import type {LambdaStore} from '../store.ts';

export const listFunctionEventInvokeConfigs = operationOf<LambdaStore>()({
  name: 'ListFunctionEventInvokeConfigs',
  input: structure({FunctionName: required(string), Marker: string, MaxItems: integer}),
  http: {
    method: 'GET',
    path: '/2019-09-25/functions/{FunctionName}/event-invoke-config/list',
    query: {Marker: 'Marker', MaxItems: 'MaxItems'},
  },
  permissions: (input, context) => [onFunction('ListFunctionEventInvokeConfigs', input, context)],
  run({FunctionName, ...paging}, _context, store) {
    const {name} = store.reference(FunctionName);
    store.function({name});
    const all = [...store.eventInvokeConfigs.entries()].filter(([key]) => key.startsWith(`${name}:`));
    const {items, ...rest} = page(all, paging);
    return {FunctionEventInvokeConfigs: items.map(([, record]) => eventInvokeAnswer(record)), ...rest};
  },
});
