import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {publish} from '../change-function.ts';
import {checkRevision, invalidParameter} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import type {LambdaStore} from '../store.ts';

export const publishVersion = operationOf<LambdaStore>()({
  name: 'PublishVersion',
  input: structure({FunctionName: required(string), CodeSha256: string, Description: string, RevisionId: string}),
  http: {method: 'POST', path: '/2015-03-31/functions/{FunctionName}/versions', status: 201},
  permissions: (input, context) => [onFunction('PublishVersion', input, context)],
  run({FunctionName, CodeSha256, Description, RevisionId}, _context, store) {
    const reference = store.reference(FunctionName);
    const {latest} = store.function(reference);
    checkRevision(RevisionId, latest.RevisionId, 'GetFunction');
    if (CodeSha256 !== undefined && CodeSha256 !== latest.CodeSha256)
      throw invalidParameter(
        `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    return publish(reference.name, Description, store);
  },
});
