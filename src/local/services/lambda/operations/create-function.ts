import {operationOf} from '../../../operation.ts';
import {notImplemented} from '../../../service-error.ts';
import {blob, boolean, map, required, string, structure} from '../../../shape.ts';
import {publish, stamp} from '../change-function.ts';
import {checkNetwork} from '../check-network.ts';
import {architectures, configurationMembers, settingsOf} from '../configuration-input.ts';
import {conflict} from '../errors.ts';
import {latest} from '../function-configuration.ts';
import {onFunction} from '../function-name.ts';
import {passRole} from '../pass-role.ts';
import {readCode} from '../read-code.ts';
import {checkDeadLetterQueue, checkTracing, checkTrust} from '../role-checks.ts';
import type {LambdaStore} from '../store.ts';

export const createFunction = operationOf<LambdaStore>()({
  name: 'CreateFunction',
  input: structure({
    FunctionName: required(string),
    Role: required(string),
    Code: required(structure({ZipFile: blob, S3Bucket: string, S3Key: string, S3ObjectVersion: string})),
    Runtime: string,
    Handler: string,
    Architectures: architectures,
    PackageType: string,
    Publish: boolean,
    Tags: map(string),
    ...configurationMembers,
  }),
  http: {method: 'POST', path: '/2015-03-31/functions', status: 201},
  permissions: (input, context) => [
    onFunction('CreateFunction', input, context),
    passRole(input.Role),
    ...(input.Tags === undefined ? [] : [onFunction('TagResource', input, context)]),
  ],
  async run({Code, PackageType, Publish, Tags = {}, ...input}, context, store) {
    const {name} = store.reference(input.FunctionName);
    if (PackageType !== undefined && PackageType !== 'Zip') throw notImplemented(`the package type ${PackageType}`);
    const settings = settingsOf(name, input);
    const refuseExisting = () => {
      if (store.functions.has(name)) throw conflict(`Function already exist: ${name}`);
    };
    refuseExisting();
    checkTrust({FunctionName: name, Role: settings.Role}, store);
    checkDeadLetterQueue({FunctionName: name, ...settings}, store);
    checkTracing({FunctionName: name, ...settings}, store);
    await checkNetwork({FunctionName: name, ...settings}, context, store);
    await store.options.runtime.requireRuntime(settings.Runtime);
    const code = await store.code.add(await readCode(Code, context));
    refuseExisting();
    const configuration = {
      FunctionName: name,
      FunctionArn: store.arn({name}),
      ...settings,
      ...code,
      ...stamp(store),
      Version: latest,
      State: 'Active' as const,
      LastUpdateStatus: 'Successful' as const,
    };
    store.functions.set(name, {latest: configuration, lastVersion: 0, tags: Tags});
    return Publish ? publish(name, undefined, store) : configuration;
  },
});
