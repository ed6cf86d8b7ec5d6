import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {underKey} from '../current-key.ts';
import {onSecret} from '../permissions.ts';
import type {SecretsStore} from '../store.ts';
import {givenValue, valueMembers} from '../value.ts';
import {withVersion} from '../versions.ts';

export const updateSecret = operationOf<SecretsStore>()({
  name: 'UpdateSecret',
  input: structure({
    SecretId: required(string),
    ClientRequestToken: string,
    Description: string,
    KmsKeyId: string,
    ...valueMembers,
  }),
  permissions: (input, _context, store) => [
    onSecret(
      'UpdateSecret',
      input,
      store,
      input.KmsKeyId === undefined ? {} : {'secretsmanager:KmsKeyId': input.KmsKeyId},
    ),
  ],
  async run({SecretId, ClientRequestToken: id = randomUUID(), Description, KmsKeyId, ...given}, context, store) {
    const value = givenValue(given);
    return store.inTurn(SecretId, async () => {
      const before = store.livingSecret(SecretId);
      // An empty text stands for the AWS managed key.
      const moved = KmsKeyId === undefined ? before : await underKey(before, KmsKeyId || undefined, context);
      const changed =
        value === undefined ? moved : await withVersion(moved, {id, value, stages: ['AWSCURRENT']}, context);
      store.save({
        ...changed,
        changedAt: context.clock.now(),
        ...(Description === undefined ? {} : {description: Description}),
      });
      return {ARN: before.arn, Name: before.name, VersionId: value === undefined ? undefined : id};
    });
  },
});
