import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {onSecret} from '../permissions.ts';
import {checkSecretPolicy} from '../secret-policy.ts';
import type {SecretsStore} from '../store.ts';

export const putResourcePolicy = operationOf<SecretsStore>()({
  name: 'PutResourcePolicy',
  input: structure({SecretId: required(string), ResourcePolicy: required(string), BlockPublicPolicy: boolean}),
  permissions: (input, _context, store) => [
    onSecret('PutResourcePolicy', input, store, {
      'secretsmanager:BlockPublicPolicy': String(input.BlockPublicPolicy ?? false),
    }),
  ],
  run({SecretId, ResourcePolicy: policy, BlockPublicPolicy = false}, _context, store) {
    checkSecretPolicy(policy, BlockPublicPolicy);
    const secret = store.livingSecret(SecretId);
    store.save({...secret, policy});
    return {ARN: secret.arn, Name: secret.name};
  },
});
