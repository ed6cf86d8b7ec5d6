import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {conflict, invalidParameter} from '../errors.ts';
import {latest} from '../function-configuration.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

/** Event source mappings stay behind, as on AWS: they are things of their own. */
export const deleteFunction = operationOf<LambdaStore>()({
  name: 'DeleteFunction',
  input: structure({FunctionName: required(string), Qualifier: string}),
  http: {
    method: 'DELETE',
    path: '/2015-03-31/functions/{FunctionName}',
    query: {Qualifier: 'Qualifier'},
    status: 204,
  },
  permissions: (input, context) => [onFunction('DeleteFunction', input, context)],
  run({FunctionName, Qualifier}, _context, store) {
    const reference = store.reference(FunctionName, Qualifier);
    const {name, qualifier} = reference;
    store.function(reference);
    if (qualifier !== undefined) deleteVersion(name, qualifier, store);
    else
      store.options.state.transaction(() => {
        for (const collection of [store.versions, store.aliases, store.policies, store.eventInvokeConfigs])
          for (const key of [...collection.keys()])
            if (key === name || key.startsWith(`${name}:`)) collection.delete(key);
        for (const [id, invocation] of [...store.asyncInvocations.entries()])
          if (invocation.functionName === name) store.asyncInvocations.delete(id);
        store.functions.delete(name);
      });
    store.options.runtime.retire(name, qualifier);
    return {};
  },
});

function deleteVersion(name: string, version: string, store: LambdaStore): void {
  if (version === latest) throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
  store.configuration({name, qualifier: version});
  const users = store
    .aliasesOf(name)
    .filter(({FunctionVersion, RoutingConfig}) =>
      [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})].includes(version),
    );
  if (users.length > 0)
    throw conflict(
      `Unable to delete version because the following aliases reference it: [${users.map(({Name}) => Name).join(', ')}]`,
    );
  store.versions.delete(`${name}:${version}`);
  store.policies.delete(`${name}:${version}`);
  store.eventInvokeConfigs.delete(`${name}:${version}`);
}
