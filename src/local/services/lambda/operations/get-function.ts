import {pathToFileURL} from 'node:url';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

/** `Code.Location` is where the package lies on this machine: there is nobody to sign a URL for. */
export const getFunction = operationOf<LambdaStore>()({
  name: 'GetFunction',
  input: structure({FunctionName: required(string), Qualifier: string}),
  http: {method: 'GET', path: '/2015-03-31/functions/{FunctionName}', query: {Qualifier: 'Qualifier'}},
  permissions: (input, context) => [onFunction('GetFunction', input, context)],
  run({FunctionName, Qualifier}, _context, store) {
    const reference = store.reference(FunctionName, Qualifier);
    const {tags, reservedConcurrency} = store.function(reference);
    const configuration = store.configuration(reference);
    return {
      Configuration: configuration,
      Code: {RepositoryType: 'S3', Location: pathToFileURL(store.code.zipFile(configuration.CodeSha256)).href},
      ...(Object.keys(tags).length > 0 && {Tags: tags}),
      ...(reservedConcurrency !== undefined && {Concurrency: {ReservedConcurrentExecutions: reservedConcurrency}}),
    };
  },
});
