import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPolicy} from '../permissions.ts';
import {presentPolicy} from '../present.ts';
import type {IamStore} from '../store.ts';

export const getPolicy = operationOf<IamStore>()({
  name: 'GetPolicy',
  input: structure({PolicyArn: required(string)}),
  permissions: ({PolicyArn}, _, store) => [onPolicy('GetPolicy', PolicyArn, store)],
  run({PolicyArn}, _, store) {
    const policy = store.policyByArn(PolicyArn);
    return {Policy: {...presentPolicy(policy, store), Description: policy.description, Tags: policy.tags}};
  },
});
