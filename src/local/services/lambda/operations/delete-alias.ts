import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

/** No error when there is no such alias. */
export const deleteAlias = operationOf<LambdaStore>()({
  name: 'DeleteAlias',
  input: structure({FunctionName: required(string), Name: required(string)}),
  http: {method: 'DELETE', path: '/2015-03-31/functions/{FunctionName}/aliases/{Name}', status: 204},
  permissions: (input, context) => [onFunction('DeleteAlias', input, context)],
  run({FunctionName, Name}, _context, store) {
    const {name} = store.reference(FunctionName);
    store.function({name});
    const key = `${name}:${Name}`;
    store.options.state.transaction(() => {
      store.aliases.delete(key);
      store.policies.delete(key);
      store.eventInvokeConfigs.delete(key);
    });
    return {};
  },
});
