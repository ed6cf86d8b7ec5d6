import {isDeepStrictEqual} from 'node:util';
import {ServiceError} from '../../service-error.ts';
import {boolean, type Infer, integer, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

const generated = structure({
  ExcludeCharacters: string,
  ExcludeLowercase: boolean,
  ExcludeNumbers: boolean,
  ExcludePunctuation: boolean,
  ExcludeUppercase: boolean,
  GenerateStringKey: string,
  IncludeSpace: boolean,
  PasswordLength: integer,
  RequireEachIncludedType: boolean,
  SecretStringTemplate: string,
});
const properties = structure({
  Description: string,
  GenerateSecretString: generated,
  KmsKeyId: string,
  Name: string,
  SecretString: string,
  Tags: tagList,
});
type Properties = Infer<typeof properties>;

export const secretsmanagerSecret = defineResource({
  type: 'AWS::SecretsManager::Secret',
  properties,
  createOnly: ['Name'],
  nameProperty: 'Name',
  attributes: ['Id'],
  async create(secret, context) {
    const {ARN} = await context.call<{ARN: string}>('secretsmanager', 'CreateSecret', {
      Name: secret.Name ?? context.name({longest: 128}),
      Description: secret.Description,
      KmsKeyId: secret.KmsKeyId,
      SecretString: await secretString(secret, context),
      ...(secret.Tags === undefined ? {} : {Tags: secret.Tags}),
    });
    return {id: ARN, attributes: {Id: ARN}};
  },
  /** A generated value stays as it is until what it is generated from changes. */
  async update({id: SecretId, properties: before, attributes}, after, context) {
    const same =
      before.SecretString === after.SecretString &&
      isDeepStrictEqual(before.GenerateSecretString, after.GenerateSecretString);
    const SecretString = same ? undefined : await secretString(after, context);
    if (SecretString !== undefined || before.Description !== after.Description || before.KmsKeyId !== after.KmsKeyId)
      await context.call('secretsmanager', 'UpdateSecret', {
        SecretId,
        SecretString,
        Description: after.Description ?? '',
        ...(before.KmsKeyId === after.KmsKeyId ? {} : {KmsKeyId: after.KmsKeyId ?? ''}),
      });
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    if (set.length > 0) await context.call('secretsmanager', 'TagResource', {SecretId, Tags: set});
    if (removed.length > 0) await context.call('secretsmanager', 'UntagResource', {SecretId, TagKeys: removed});
    return {id: SecretId, attributes};
  },
  async delete({id: SecretId}, context) {
    await context.call('secretsmanager', 'DeleteSecret', {SecretId, ForceDeleteWithoutRecovery: true});
  },
});

async function secretString(
  {SecretString, GenerateSecretString}: Properties,
  context: ResourceContext,
): Promise<string | undefined> {
  if (GenerateSecretString === undefined) return SecretString;
  if (SecretString !== undefined)
    throw new ServiceError('InvalidRequest', 'You cannot specify both SecretString and GenerateSecretString.');
  const {GenerateStringKey: key, SecretStringTemplate: template, ...wanted} = GenerateSecretString;
  const {RandomPassword} = await context.call<{RandomPassword: string}>('secretsmanager', 'GetRandomPassword', wanted);
  if (key === undefined && template === undefined) return RandomPassword;
  if (key === undefined || template === undefined)
    throw new ServiceError('InvalidRequest', 'GenerateStringKey and SecretStringTemplate are given together.');
  return JSON.stringify({...parsed(template), [key]: RandomPassword});
}

function parsed(template: string): object {
  try {
    return JSON.parse(template);
  } catch (cause) {
    throw Object.assign(new ServiceError('InvalidRequest', 'SecretStringTemplate is not valid JSON.'), {cause});
  }
}
