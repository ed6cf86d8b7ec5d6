import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {changeLatest} from '../change-function.ts';
import {checkNetwork} from '../check-network.ts';
import {configurationMembers, settingsOf} from '../configuration-input.ts';
import {checkRevision} from '../errors.ts';
import type {FunctionConfiguration} from '../function-configuration.ts';
import {onFunction} from '../function-name.ts';
import {passRole} from '../pass-role.ts';
import {checkDeadLetterQueue, checkTracing, checkTrust} from '../role-checks.ts';
import type {LambdaStore} from '../store.ts';

export const updateFunctionConfiguration = operationOf<LambdaStore>()({
  name: 'UpdateFunctionConfiguration',
  input: structure({
    FunctionName: required(string),
    Role: string,
    Runtime: string,
    Handler: string,
    RevisionId: string,
    ...configurationMembers,
  }),
  http: {method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/configuration'},
  permissions: (input, context) => [
    onFunction('UpdateFunctionConfiguration', input, context),
    ...(input.Role === undefined ? [] : [passRole(input.Role)]),
  ],
  async run({FunctionName, RevisionId, ...input}, context, store) {
    const reference = store.reference(FunctionName);
    const before = store.function(reference).latest;
    checkRevision(RevisionId, before.RevisionId, 'GetFunction');
    const settings = settingsOf(reference.name, input, before);
    if (settings.Role !== before.Role) checkTrust({FunctionName: reference.name, Role: settings.Role}, store);
    if (input.DeadLetterConfig !== undefined) checkDeadLetterQueue({FunctionName: reference.name, ...settings}, store);
    if (input.TracingConfig !== undefined) checkTracing({FunctionName: reference.name, ...settings}, store);
    if (input.VpcConfig !== undefined || settings.Role !== before.Role)
      await checkNetwork({FunctionName: reference.name, ...settings}, context, store);
    if (input.Runtime !== undefined) await store.options.runtime.requireRuntime(input.Runtime);
    return changeLatest(reference.name, latest => withSettings(latest, settings), store);
  },
});

/** Optional settings are dropped first: an empty environment is no environment. */
function withSettings(
  {Environment, DeadLetterConfig, ...before}: FunctionConfiguration,
  settings: ReturnType<typeof settingsOf>,
): FunctionConfiguration {
  return {...before, ...settings};
}
