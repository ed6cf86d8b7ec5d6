import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onSecret} from '../permissions.ts';
import type {SecretsStore} from '../store.ts';

export const restoreSecret = operationOf<SecretsStore>()({
  name: 'RestoreSecret',
  input: structure({SecretId: required(string)}),
  permissions: (input, _context, store) => [onSecret('RestoreSecret', input, store)],
  run({SecretId}, _context, store) {
    const {deletion: _, ...secret} = store.secret(SecretId);
    store.save(secret);
    return {ARN: secret.arn, Name: secret.name};
  },
});
