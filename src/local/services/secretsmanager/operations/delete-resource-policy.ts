import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onSecret} from '../permissions.ts';
import type {SecretsStore} from '../store.ts';

export const deleteResourcePolicy = operationOf<SecretsStore>()({
  name: 'DeleteResourcePolicy',
  input: structure({SecretId: required(string)}),
  permissions: (input, _context, store) => [onSecret('DeleteResourcePolicy', input, store)],
  run({SecretId}, _context, store) {
    const {policy: _, ...secret} = store.livingSecret(SecretId);
    store.save(secret);
    return {ARN: secret.arn, Name: secret.name};
  },
});
