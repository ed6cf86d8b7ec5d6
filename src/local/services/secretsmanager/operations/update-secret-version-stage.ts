import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import {onSecret} from '../permissions.ts';
import {versionWithStage} from '../secret.ts';
import type {SecretsStore} from '../store.ts';
import {withStage} from '../versions.ts';

export const updateSecretVersionStage = operationOf<SecretsStore>()({
  name: 'UpdateSecretVersionStage',
  input: structure({
    SecretId: required(string),
    VersionStage: required(string),
    RemoveFromVersionId: string,
    MoveToVersionId: string,
  }),
  permissions: (input, _context, store) => [
    onSecret('UpdateSecretVersionStage', input, store, {'secretsmanager:VersionStage': input.VersionStage}),
  ],
  run({SecretId, VersionStage: stage, RemoveFromVersionId: from, MoveToVersionId: to}, {clock}, store) {
    const secret = store.livingSecret(SecretId);
    const holder = versionWithStage(secret, stage)?.id;
    if (holder !== from && holder !== to)
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be ${from === undefined ? 'empty' : from}. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    if (to === undefined && stage === 'AWSCURRENT')
      throw invalidParameter('You can move the staging label AWSCURRENT to another version, but not remove it.');
    if (to !== undefined && !secret.versions.some(({id}) => id === to))
      throw new ServiceError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for VersionId: ${to}`,
      );
    store.save({...secret, changedAt: clock.now(), versions: withStage(secret.versions, stage, to)});
    return {ARN: secret.arn, Name: secret.name};
  },
});
