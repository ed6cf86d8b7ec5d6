import {operationOf} from '../../../operation.ts';
import {blob, boolean, required, string, structure} from '../../../shape.ts';
import {changeLatest, publish} from '../change-function.ts';
import {architectures, settingsOf} from '../configuration-input.ts';
import {checkRevision} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import {readCode} from '../read-code.ts';
import type {LambdaStore} from '../store.ts';

export const updateFunctionCode = operationOf<LambdaStore>()({
  name: 'UpdateFunctionCode',
  input: structure({
    FunctionName: required(string),
    ZipFile: blob,
    S3Bucket: string,
    S3Key: string,
    S3ObjectVersion: string,
    Architectures: architectures,
    Publish: boolean,
    DryRun: boolean,
    RevisionId: string,
  }),
  http: {method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/code'},
  permissions: (input, context) => [onFunction('UpdateFunctionCode', input, context)],
  async run(input, context, store) {
    const reference = store.reference(input.FunctionName);
    const {name} = reference;
    checkRevision(input.RevisionId, store.function(reference).latest.RevisionId, 'GetFunction');
    const code = await store.code.add(await readCode(input, context));
    const change = (before: ReturnType<typeof store.configuration>) => ({
      ...before,
      ...settingsOf(name, {Architectures: input.Architectures}, before),
      ...code,
    });
    if (input.DryRun) return change(store.function(reference).latest);
    const changed = changeLatest(name, change, store);
    return input.Publish ? publish(name, undefined, store) : changed;
  },
});
