import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {notFound} from '../errors.ts';
import {onFunction} from '../function-name.ts';
import {policyKey} from '../policy-key.ts';
import type {LambdaStore} from '../store.ts';

export const getPolicy = operationOf<LambdaStore>()({
  name: 'GetPolicy',
  input: structure({FunctionName: required(string), Qualifier: string}),
  http: {method: 'GET', path: '/2015-03-31/functions/{FunctionName}/policy', query: {Qualifier: 'Qualifier'}},
  permissions: (input, context) => [onFunction('GetPolicy', input, context)],
  run({FunctionName, Qualifier}, _context, store) {
    const reference = store.reference(FunctionName, Qualifier);
    store.configuration(reference);
    const policy = store.policies.get(policyKey(reference));
    if (policy === undefined) throw notFound('The resource you requested does not exist.');
    return {
      Policy: JSON.stringify({Version: '2012-10-17', Id: 'default', Statement: policy.statements}),
      RevisionId: policy.revisionId,
    };
  },
});
