import {operationOf} from '../../../operation.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {checkIdentityPolicy} from '../check-policy.ts';
import {noSuchEntity} from '../errors.ts';
import {page} from '../paging.ts';
import {simulate} from '../simulate.ts';
import type {IamStore} from '../store.ts';

/** Of roles only: the account has no users and groups. Types of context keys are not needed, as all values are text. */
export const simulatePrincipalPolicy = operationOf<IamStore>()({
  name: 'SimulatePrincipalPolicy',
  input: structure({
    PolicySourceArn: required(string),
    ActionNames: required(list(string)),
    ResourceArns: list(string),
    PolicyInputList: list(string),
    PermissionsBoundaryPolicyInputList: list(string),
    ContextEntries: list(
      structure({
        ContextKeyName: required(string),
        ContextKeyValues: required(list(string)),
        ContextKeyType: string,
      }),
    ),
    ResourcePolicy: string,
    Marker: string,
    MaxItems: integer,
  }),
  permissions: ({PolicySourceArn}) => [{action: 'iam:SimulatePrincipalPolicy', resource: PolicySourceArn}],
  run(input, _, store) {
    const role = store.role(input.PolicySourceArn);
    if (role === undefined) throw noSuchEntity(`The role ${input.PolicySourceArn} cannot be found.`);
    for (const text of [...(input.PolicyInputList ?? []), ...(input.PermissionsBoundaryPolicyInputList ?? [])])
      checkIdentityPolicy(text);
    const results = simulate(role, input, store.account).map((result, index) => ({...result, index}));
    const {items, ...rest} = page(results, ({index}) => String(index).padStart(6, '0'), input);
    return {EvaluationResults: items.map(({index, ...result}) => result), ...rest};
  },
});
