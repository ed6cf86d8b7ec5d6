import {arnIn} from '../place.ts';
import type {DeployedResource, ResourceNeeds} from '../resource-needs.ts';

/** Secrets Manager puts six random characters behind the name. */
const secretArns = ({place, names}: DeployedResource) =>
  names.map(name => arnIn(place, 'secretsmanager', `secret:${name.endsWith('*') ? name : `${name}-??????`}`));
const secretArn = (resource: DeployedResource) => secretArns(resource)[0]!;

export const secretsmanagerSecret: ResourceNeeds = {
  type: 'AWS::SecretsManager::Secret',
  service: 'secretsmanager',
  group: 'Secrets',
  name: {property: 'Name', longest: 128, withoutStack: true},
  on: secretArns,
  ref: secretArn,
  attributes: {Id: secretArn},
  always: {
    create: ['CreateSecret', 'TagResource'],
    read: ['DescribeSecret'],
    update: ['UpdateSecret', 'UntagResource'],
    delete: ['DeleteSecret'],
  },
  plain: ['Description', 'KmsKeyId', 'Tags'],
  // The registry has GetSecretValue in the handler that reads, too; what it reads back are properties without the value.
  when: {
    // The handler reads the value before it writes another.
    GenerateSecretString: {update: ['GetSecretValue']},
    SecretString: {update: ['GetSecretValue']},
  },
  more: ({properties, place}) => [
    ...(properties.GenerateSecretString === undefined
      ? []
      : [{group: 'RandomPasswords', actions: ['secretsmanager:GetRandomPassword'], resources: ['*']}]),
    ...(properties.KmsKeyId === undefined
      ? []
      : [
          {
            group: 'SecretKeys',
            actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
            resources: [arnIn(place, 'kms', 'key/*')],
            condition: {StringEquals: {'kms:ViaService': `secretsmanager.${place.region}.amazonaws.com`}},
          },
        ]),
  ],
};

/** Of the types whose handlers were not found in the registry: these are the calls that its properties take. */
export const secretsmanagerResourcePolicy: ResourceNeeds = {
  type: 'AWS::SecretsManager::ResourcePolicy',
  service: 'secretsmanager',
  group: 'SecretPolicies',
  on: resource => [resource.text('SecretId')],
  always: {create: ['PutResourcePolicy'], read: ['GetResourcePolicy'], delete: ['DeleteResourcePolicy']},
  plain: ['BlockPublicPolicy', 'ResourcePolicy', 'SecretId'],
};

const parameterArns = ({place, names}: DeployedResource) =>
  names.map(name => arnIn(place, 'ssm', `parameter/${name.replace(/^\//, '')}`));

export const ssmParameter: ResourceNeeds = {
  type: 'AWS::SSM::Parameter',
  service: 'ssm',
  group: 'Parameters',
  name: {property: 'Name', longest: 1011},
  // Where the template gives no name, CloudFormation has given CFN-LogicalId-RANDOM for a long time.
  on: resource =>
    resource.properties.Name === undefined
      ? [...parameterArns(resource), arnIn(resource.place, 'ssm', `parameter/CFN-${resource.logicalId}-*`)]
      : parameterArns(resource),
  attributes: {Type: () => '*', Value: () => '*'},
  always: {
    create: ['PutParameter', 'AddTagsToResource'],
    read: ['GetParameters'],
    update: ['RemoveTagsFromResource'],
    delete: ['DeleteParameter'],
  },
  plain: ['AllowedPattern', 'DataType', 'Description', 'Policies', 'Tags', 'Tier', 'Type', 'Value'],
};

const keyArn = ({place}: DeployedResource) => arnIn(place, 'kms', 'key/*');

export const kmsKey: ResourceNeeds = {
  type: 'AWS::KMS::Key',
  service: 'kms',
  group: 'Keys',
  // A key's identifier is random, so nothing narrower can be said of one that does not exist yet.
  on: resource => [keyArn(resource)],
  ref: () => '*',
  attributes: {Arn: keyArn, KeyId: () => '*'},
  always: {
    create: ['TagResource'],
    read: ['DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListResourceTags'],
    update: ['PutKeyPolicy', 'UpdateKeyDescription', 'UntagResource'],
    delete: ['ScheduleKeyDeletion'],
  },
  when: {
    EnableKeyRotation: {create: ['EnableKeyRotation'], update: ['DisableKeyRotation']},
    Enabled: {create: ['DisableKey'], update: ['EnableKey']},
  },
  plain: [
    'BypassPolicyLockoutSafetyCheck',
    'Description',
    'KeyPolicy',
    'KeySpec',
    'KeyUsage',
    'MultiRegion',
    'Origin',
    'PendingWindowInDays',
    'RotationPeriodInDays',
    'Tags',
  ],
  more: () => [{group: 'CreateKeys', actions: ['kms:CreateKey'], resources: ['*']}],
};

export const kmsAlias: ResourceNeeds = {
  type: 'AWS::KMS::Alias',
  service: 'kms',
  group: 'KeyAliases',
  name: {property: 'AliasName', longest: 256},
  // An alias is made both on itself and on its key.
  on: resource => [arnIn(resource.place, 'kms', resource.names[0]!), keyArn(resource)],
  always: {create: ['CreateAlias'], update: ['UpdateAlias'], delete: ['DeleteAlias']},
  plain: ['TargetKeyId'],
  more: () => [{group: 'ReadKeyAliases', actions: ['kms:ListAliases'], resources: ['*'], also: ['destroy', 'drift']}],
};
