import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onSecret} from '../permissions.ts';
import type {SecretsStore} from '../store.ts';

export const getResourcePolicy = operationOf<SecretsStore>()({
  name: 'GetResourcePolicy',
  input: structure({SecretId: required(string)}),
  permissions: (input, _context, store) => [onSecret('GetResourcePolicy', input, store)],
  run({SecretId}, _context, store) {
    const {arn, name, policy} = store.secret(SecretId);
    return {ARN: arn, Name: name, ResourcePolicy: policy};
  },
});
