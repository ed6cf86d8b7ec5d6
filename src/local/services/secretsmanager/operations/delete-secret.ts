import {operationOf} from '../../../operation.ts';
import {boolean, integer, required, string, structure} from '../../../shape.ts';
import {invalidParameter, secretNotFound} from '../errors.ts';
import {onSecret} from '../permissions.ts';
import type {SecretsStore} from '../store.ts';

const day = 86_400_000;

export const deleteSecret = operationOf<SecretsStore>()({
  name: 'DeleteSecret',
  input: structure({SecretId: required(string), RecoveryWindowInDays: integer, ForceDeleteWithoutRecovery: boolean}),
  permissions: (input, _context, store) => [
    onSecret('DeleteSecret', input, store, {
      'secretsmanager:ForceDeleteWithoutRecovery': String(input.ForceDeleteWithoutRecovery ?? false),
      ...(input.RecoveryWindowInDays === undefined
        ? {}
        : {'secretsmanager:RecoveryWindowInDays': String(input.RecoveryWindowInDays)}),
    }),
  ],
  run({SecretId, RecoveryWindowInDays: window, ForceDeleteWithoutRecovery: force = false}, {clock}, store) {
    if (force && window !== undefined)
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    if (window !== undefined && (window < 7 || window > 30))
      throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
    const now = clock.now();
    const secret = force ? store.find(SecretId) : store.livingSecret(SecretId);
    // Deleting for good what is gone already is no failure.
    if (secret === undefined && SecretId.startsWith('arn:')) throw secretNotFound();
    if (secret === undefined) return {Name: SecretId, DeletionDate: new Date(now)};
    if (force) store.delete(secret);
    const at = force ? now : now + (window ?? 30) * day;
    if (!force) store.save({...secret, deletion: {askedAt: now, at}});
    return {ARN: secret.arn, Name: secret.name, DeletionDate: new Date(at)};
  },
});
