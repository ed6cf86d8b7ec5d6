import {randomUUID} from 'node:crypto';
import {operationOf, type RequestContext} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {type Infer, required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {openValue, type SecretValue} from '../envelope.ts';
import {invalidParameter, invalidRequest} from '../errors.ts';
import {onSecret} from '../permissions.ts';
import type {SecretRecord} from '../secret.ts';
import type {SecretsStore} from '../store.ts';
import {limitedTags} from '../tags.ts';
import {givenValue, valueMembers} from '../value.ts';
import {withVersion} from '../versions.ts';

const input = structure({
  Name: required(string),
  ClientRequestToken: string,
  Description: string,
  KmsKeyId: string,
  Tags: tagList,
  ...valueMembers,
});

/** Replicas in other regions are refused by name. */
export const createSecret = operationOf<SecretsStore>()({
  name: 'CreateSecret',
  input,
  permissions: ({Name, KmsKeyId, Tags = []}, _context, store) => [
    onSecret('CreateSecret', {SecretId: Name}, store, {
      'secretsmanager:Name': Name,
      ...(KmsKeyId === undefined ? {} : {'secretsmanager:KmsKeyId': KmsKeyId}),
    }),
    ...(Tags.length > 0 ? [onSecret('TagResource', {SecretId: Name}, store)] : []),
  ],
  run: (input, context, store) => store.inTurn(input.Name, () => create(input, context, store)),
});

async function create(
  {Name: name, ClientRequestToken: id = randomUUID(), Description, KmsKeyId, Tags, ...given}: Infer<typeof input>,
  context: RequestContext,
  store: SecretsStore,
) {
  if (!/^[\w/+=.@-]{1,512}$/.test(name))
    throw invalidParameter(
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  const value = givenValue(given);
  const existing = store.find(name);
  if (existing !== undefined) return repeat(existing, {id, value}, context);
  const now = context.clock.now();
  const empty: SecretRecord = {
    name,
    arn: store.newArn(name),
    createdAt: now,
    changedAt: now,
    tags: limitedTags(Tags),
    versions: [],
    ...(Description === undefined ? {} : {description: Description}),
    ...(KmsKeyId === undefined ? {} : {kmsKeyId: KmsKeyId}),
  };
  if (value === undefined) {
    store.save(empty);
    return {ARN: empty.arn, Name: name};
  }
  const secret = await withVersion(empty, {id, value, stages: ['AWSCURRENT']}, context);
  // Whoever makes a secret must be able to read it: AWS asks for kms:Decrypt as well.
  await openValue(secret.versions[0]!.sealed, {arn: secret.arn, versionId: id}, context);
  store.save(secret);
  return {ARN: secret.arn, Name: name, VersionId: id};
}

/** A request that is made again with the same token and value is answered as it was before. */
async function repeat(
  existing: SecretRecord,
  {id, value}: {readonly id: string; readonly value: SecretValue | undefined},
  context: RequestContext,
) {
  if (existing.deletion !== undefined)
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  if (value === undefined || !existing.versions.some(version => version.id === id))
    throw new ServiceError(
      'ResourceExistsException',
      `The operation failed because the secret ${existing.name} already exists.`,
    );
  await withVersion(existing, {id, value, stages: ['AWSCURRENT']}, context);
  return {ARN: existing.arn, Name: existing.name, VersionId: id};
}
