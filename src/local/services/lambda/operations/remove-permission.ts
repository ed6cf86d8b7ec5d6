import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkRevision, notFound} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import {policyKey} from '../policy-key.ts';
import type {LambdaStore} from '../store.ts';

export const removePermission = operationOf<LambdaStore>()({
  name: 'RemovePermission',
  input: structure({
    FunctionName: required(string),
    StatementId: required(string),
    Qualifier: string,
    RevisionId: string,
  }),
  http: {
    method: 'DELETE',
    path: '/2015-03-31/functions/{FunctionName}/policy/{StatementId}',
    query: {Qualifier: 'Qualifier', RevisionId: 'RevisionId'},
    status: 204,
  },
  permissions: (input, context) => [onFunction('RemovePermission', input, context)],
  run(input, _context, store) {
    const reference = store.reference(input.FunctionName, input.Qualifier);
    store.function(reference);
    const key = policyKey(reference);
    const policy = store.policies.get(key);
    const statements = policy?.statements.filter(({Sid}) => Sid !== input.StatementId);
    if (policy === undefined || statements!.length === policy.statements.length)
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    checkRevision(input.RevisionId, policy.revisionId, 'GetPolicy');
    if (statements!.length === 0) store.policies.delete(key);
    else store.policies.set(key, {statements: statements!, revisionId: randomUUID()});
    return {};
  },
});
