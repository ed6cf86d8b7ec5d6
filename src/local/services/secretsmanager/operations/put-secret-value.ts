import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {invalidRequest} from '../errors.ts';
import {onSecret} from '../permissions.ts';
import type {SecretsStore} from '../store.ts';
import {givenValue, valueMembers} from '../value.ts';
import {withVersion} from '../versions.ts';

export const putSecretValue = operationOf<SecretsStore>()({
  name: 'PutSecretValue',
  input: structure({
    SecretId: required(string),
    ClientRequestToken: string,
    VersionStages: list(string),
    ...valueMembers,
  }),
  permissions: (input, _context, store) => [onSecret('PutSecretValue', input, store)],
  async run(
    {SecretId, ClientRequestToken: id = randomUUID(), VersionStages = ['AWSCURRENT'], ...given},
    context,
    store,
  ) {
    const value = givenValue(given);
    if (value === undefined) throw invalidRequest('You must provide either SecretString or SecretBinary.');
    const secret = await store.inTurn(SecretId, async () => {
      const before = store.livingSecret(SecretId);
      const after = await withVersion(before, {id, value, stages: VersionStages}, context);
      if (after !== before) store.save(after);
      return after;
    });
    const {stages} = secret.versions.find(version => version.id === id)!;
    return {ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: stages};
  },
});
