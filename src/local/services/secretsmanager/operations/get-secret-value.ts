import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {openValue} from '../envelope.ts';
import {invalidRequest} from '../errors.ts';
import {onSecret} from '../permissions.ts';
import {dayOf, type SecretRecord, type SecretVersion, versionWithStage} from '../secret.ts';
import type {SecretsStore} from '../store.ts';
import {shownValue} from '../value.ts';

interface Wanted {
  readonly VersionId?: string | undefined;
  readonly VersionStage?: string | undefined;
}

export const getSecretValue = operationOf<SecretsStore>()({
  name: 'GetSecretValue',
  input: structure({SecretId: required(string), VersionId: string, VersionStage: string}),
  permissions: ({SecretId, VersionId, VersionStage}, _context, store) => [
    onSecret('GetSecretValue', {SecretId}, store, {
      ...(VersionId === undefined ? {} : {'secretsmanager:VersionId': VersionId}),
      ...(VersionId !== undefined && VersionStage === undefined
        ? {}
        : {'secretsmanager:VersionStage': VersionStage ?? 'AWSCURRENT'}),
    }),
  ],
  async run({SecretId, ...wanted}, context, store) {
    const secret = store.livingSecret(SecretId);
    const version = wantedVersion(secret, wanted);
    const value = await openValue(version.sealed, {arn: secret.arn, versionId: version.id}, context);
    noteAccess(secret, version, dayOf(context.clock.now()), store);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      ...shownValue(value),
      VersionStages: version.stages,
      CreatedDate: new Date(version.createdAt),
    };
  },
});

function wantedVersion(secret: SecretRecord, {VersionId, VersionStage}: Wanted): SecretVersion {
  const stage = VersionStage ?? (VersionId === undefined ? 'AWSCURRENT' : undefined);
  const version =
    VersionId === undefined
      ? versionWithStage(secret, stage!)
      : secret.versions.find(candidate => candidate.id === VersionId);
  if (version === undefined)
    throw new ServiceError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${VersionId}`}`,
    );
  if (stage !== undefined && !version.stages.includes(stage))
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  return version;
}

/** Once a day is enough: only the day is remembered. The secret may have changed while KMS was asked. */
function noteAccess({name}: SecretRecord, {id}: SecretVersion, accessedAt: number, store: SecretsStore): void {
  const secret = store.find(name);
  const version = secret?.versions.find(candidate => candidate.id === id);
  if (secret === undefined || version === undefined || version.accessedAt === accessedAt) return;
  const versions = secret.versions.map(candidate => (candidate.id === id ? {...candidate, accessedAt} : candidate));
  store.save({...secret, accessedAt, versions});
}
