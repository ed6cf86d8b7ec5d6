import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import {openValue, type SecretValue, sealValue} from './envelope.ts';
import {invalidParameter} from './errors.ts';
import type {SecretRecord, SecretVersion} from './secret.ts';

/** Versions without a label are kept up to this many. */
const mostVersions = 100;

/** The secret with one version more; a token that was used before must bring the same value. */
export async function withVersion(
  secret: SecretRecord,
  {id, value, stages}: {readonly id: string; readonly value: SecretValue; readonly stages: readonly string[]},
  context: RequestContext,
): Promise<SecretRecord> {
  if (id.length < 32 || id.length > 64) throw invalidParameter('ClientRequestToken is 32 to 64 characters long.');
  if (stages.length < 1 || stages.length > 20) throw invalidParameter('A version has 1 to 20 staging labels.');
  const existing = secret.versions.find(version => version.id === id);
  if (existing !== undefined) {
    const held = await openValue(existing.sealed, {arn: secret.arn, versionId: id}, context);
    if (held.kind === value.kind && Buffer.from(held.bytes).equals(value.bytes)) return secret;
    throw new ServiceError(
      'ResourceExistsException',
      "You can't modify an existing version, you can only create a new version.",
    );
  }
  const now = context.clock.now();
  const sealed = await sealValue(value, {arn: secret.arn, versionId: id}, secret.kmsKeyId, context);
  const version: SecretVersion = {id, stages: [], createdAt: now, sealed};
  // Nothing is current in a secret that had no value.
  const wanted = secret.versions.length === 0 ? [...new Set([...stages, 'AWSCURRENT'])] : stages;
  const versions = wanted.reduce((all, stage) => withStage(all, stage, id), [
    ...secret.versions,
    version,
  ] as readonly SecretVersion[]);
  return {...secret, changedAt: now, versions: withoutOutdated(versions)};
}

/** A label is on one version at a time; what was current becomes the previous one. */
export function withStage(
  versions: readonly SecretVersion[],
  stage: string,
  to: string | undefined,
): readonly SecretVersion[] {
  const before = versions.find(({stages}) => stages.includes(stage));
  if (before?.id === to) return versions;
  const moved = versions.map(version => {
    const rest = version.stages.filter(label => label !== stage);
    return {...version, stages: version.id === to ? [...rest, stage] : rest};
  });
  return stage === 'AWSCURRENT' && before !== undefined ? withStage(moved, 'AWSPREVIOUS', before.id) : moved;
}

function withoutOutdated(versions: readonly SecretVersion[]): readonly SecretVersion[] {
  let spare = versions.length - mostVersions;
  return versions.filter(({stages}) => stages.length > 0 || spare-- <= 0);
}
