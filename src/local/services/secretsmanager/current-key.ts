import type {RequestContext} from '../../operation.ts';
import {openValue, sealValue} from './envelope.ts';
import type {SecretRecord, SecretVersion} from './secret.ts';

/**
 * The secret under another KMS key: labelled versions are encrypted again, as far as the caller may; the others stay
 * under the key they were made with.
 */
export async function underKey(
  secret: SecretRecord,
  kmsKeyId: string | undefined,
  context: RequestContext,
): Promise<SecretRecord> {
  const {kmsKeyId: _, ...rest} = secret;
  const versions: SecretVersion[] = [];
  for (const version of secret.versions) {
    const name = {arn: secret.arn, versionId: version.id};
    const sealed =
      version.stages.length === 0
        ? version.sealed
        : await sealValue(await openValue(version.sealed, name, context), name, kmsKeyId, context);
    versions.push({...version, sealed});
  }
  return {...rest, ...(kmsKeyId === undefined ? {} : {kmsKeyId}), versions};
}
