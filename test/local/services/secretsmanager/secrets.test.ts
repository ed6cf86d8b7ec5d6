import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import type {Caller} from '../../../../src/local/caller.ts';
import {type AssembledCloud, account, assembledCloud, refusal} from '../../assembled-cloud.ts';

let cloud: AssembledCloud;
beforeEach(() => {
  cloud = assembledCloud();
});

interface Secret {
  readonly ARN: string;
  readonly VersionId: string;
}
interface Value extends Secret {
  readonly SecretString: string;
  readonly VersionStages: string[];
}
const secrets = <T = Record<string, unknown>>(operation: string, input: object = {}, caller?: Caller) =>
  cloud.call<T>('secretsmanager', operation, input, caller);
const create = (Name: string, SecretString?: string, more: object = {}) =>
  secrets<Secret>('CreateSecret', {Name, SecretString, ...more});
const value = async (SecretId: string, more: object = {}) =>
  (await secrets<Value>('GetSecretValue', {SecretId, ...more})).SecretString;
const put = (SecretId: string, SecretString: string, more: object = {}) =>
  secrets<Value>('PutSecretValue', {SecretId, SecretString, ...more});

test('a secret is found by its name, its ARN and its ARN without the last six characters', async () => {
  const {ARN} = await create('orders/token', 'one');
  expect(ARN).toMatch(new RegExp(`^arn:aws:secretsmanager:us-east-1:${account}:secret:orders/token-\\w{6}$`));
  for (const id of ['orders/token', ARN, ARN.slice(0, -7)]) expect(await value(id)).toBe('one');
  expect(await refusal(value('none'))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  );
  expect(await refusal(create('orders/token', 'two'))).toMatch(/^ResourceExistsException/);
});

test('values are bytes as well, survive a restart, and do not lie on disk in the clear', async () => {
  await create('orders/token', 'very-secret-value');
  await secrets('CreateSecret', {Name: 'orders/key', SecretBinary: Buffer.from([0, 255])});
  await cloud.restart();
  expect(await value('orders/token')).toBe('very-secret-value');
  const {SecretBinary} = await secrets<{SecretBinary: Uint8Array}>('GetSecretValue', {SecretId: 'orders/key'});
  expect([...SecretBinary]).toEqual([0, 255]);
  for (const file of ['state.sqlite', 'state.sqlite-wal'])
    expect(readFileSync(join(cloud.folder, file)).includes('very-secret-value')).toBe(false);
  expect(statSync(cloud.folder).mode & 0o077).toBe(0);
});

test('a new value becomes the current one, and the one before the previous', async () => {
  const first = await create('token', 'one');
  const second = await put('token', 'two');
  const third = await put('token', 'three');
  expect(await value('token')).toBe('three');
  expect(await value('token', {VersionStage: 'AWSPREVIOUS'})).toBe('two');
  expect(await value('token', {VersionId: first.VersionId})).toBe('one');
  expect(await secrets('DescribeSecret', {SecretId: 'token'})).toMatchObject({
    VersionIdsToStages: {[second.VersionId]: ['AWSPREVIOUS'], [third.VersionId]: ['AWSCURRENT']},
  });
  expect(await refusal(value('token', {VersionId: second.VersionId, VersionStage: 'AWSCURRENT'}))).toMatch(
    /^InvalidRequestException/,
  );
  expect(await refusal(value('token', {VersionStage: 'AWSPENDING'}))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
  );
  expect(await secrets('ListSecretVersionIds', {SecretId: 'token', IncludeDeprecated: true})).toMatchObject({
    Versions: [{VersionStages: []}, {VersionStages: ['AWSPREVIOUS']}, {VersionStages: ['AWSCURRENT']}],
  });
});

test('a pending version becomes current when the label is moved to it', async () => {
  const current = await create('token', 'one');
  const pending = await put('token', 'two', {VersionStages: ['AWSPENDING']});
  expect(await value('token')).toBe('one');
  const move = (more: object) =>
    secrets('UpdateSecretVersionStage', {
      SecretId: 'token',
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: pending.VersionId,
      ...more,
    });
  expect(await refusal(move({}))).toMatch(/^InvalidParameterException/);
  await move({RemoveFromVersionId: current.VersionId});
  expect(await value('token')).toBe('two');
  expect(await value('token', {VersionStage: 'AWSPREVIOUS'})).toBe('one');
});

test('a token that is used again must bring the same value', async () => {
  const token = 'a'.repeat(32);
  await create('token', 'one', {ClientRequestToken: token});
  expect((await create('token', 'one', {ClientRequestToken: token})).VersionId).toBe(token);
  expect((await put('token', 'one', {ClientRequestToken: token})).VersionId).toBe(token);
  expect(await refusal(put('token', 'two', {ClientRequestToken: token}))).toMatch(/^ResourceExistsException/);
});

test('values that are put at the same time are all kept, one of them current', async () => {
  await create('token', 'zero');
  await Promise.all(['one', 'two', 'three'].map(text => put('token', text)));
  const {Versions} = await secrets<{Versions: {VersionStages: string[]}[]}>('ListSecretVersionIds', {
    SecretId: 'token',
    IncludeDeprecated: true,
  });
  expect(Versions).toHaveLength(4);
  expect(Versions.filter(({VersionStages}) => VersionStages.includes('AWSCURRENT'))).toHaveLength(1);
});

test('a deleted secret can be restored within its window, and is gone after it', async () => {
  await create('token', 'one');
  await secrets('DeleteSecret', {SecretId: 'token', RecoveryWindowInDays: 7});
  expect(await refusal(value('token'))).toMatch(/^InvalidRequestException/);
  expect(await refusal(create('token', 'two'))).toMatch(/^InvalidRequestException/);
  expect(await secrets('ListSecrets')).toMatchObject({SecretList: []});
  await secrets('RestoreSecret', {SecretId: 'token'});
  expect(await value('token')).toBe('one');
  await secrets('DeleteSecret', {SecretId: 'token', RecoveryWindowInDays: 7});
  await cloud.clock.advance(7 * 86_400_000);
  await create('token', 'two');
  await secrets('DeleteSecret', {SecretId: 'token', ForceDeleteWithoutRecovery: true});
  expect(await refusal(value('token'))).toMatch(/^ResourceNotFoundException/);
});

test('secrets are listed by name, tag and page, and read in batches that report what failed', async () => {
  await create('orders/token', 'one', {Tags: [{Key: 'team', Value: 'orders'}]});
  await create('billing/token', 'two');
  const names = async (input: object) =>
    (await secrets<{SecretList: {Name: string}[]}>('ListSecrets', input)).SecretList.map(({Name}) => Name);
  expect(await names({Filters: [{Key: 'name', Values: ['orders']}]})).toEqual(['orders/token']);
  expect(await names({Filters: [{Key: 'tag-key', Values: ['!team']}]})).toEqual(['billing/token']);
  expect(await names({MaxResults: 1})).toHaveLength(1);
  expect(await secrets('BatchGetSecretValue', {SecretIdList: ['orders/token', 'none']})).toMatchObject({
    SecretValues: [{Name: 'orders/token', SecretString: 'one'}],
    Errors: [{SecretId: 'none', ErrorCode: 'ResourceNotFoundException'}],
  });
});

test('a generated password has each kind of character and none that is excluded', async () => {
  for (let round = 0; round < 50; round++) {
    const {RandomPassword: password} = await secrets<{RandomPassword: string}>('GetRandomPassword', {
      PasswordLength: 8,
      ExcludeCharacters: 'abc123"\\',
    });
    expect(password).toHaveLength(8);
    expect(password).not.toMatch(/[abc123"\\]/);
    for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]) expect(password).toMatch(kind);
  }
  const all = {ExcludeNumbers: true, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeLowercase: true};
  expect(await refusal(secrets('GetRandomPassword', all))).toMatch(/^InvalidParameterException/);
});

test('a role reads the secret it is granted, and no other', async () => {
  const {ARN} = await create('orders/token', 'one');
  const other = await create('billing/token', 'two');
  const role = await cloud.role('accept', {Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: ARN});
  expect(await secrets('GetSecretValue', {SecretId: 'orders/token'}, role)).toMatchObject({SecretString: 'one'});
  expect(await refusal(secrets('GetSecretValue', {SecretId: 'billing/token'}, role))).toContain(
    `not authorized to perform: secretsmanager:GetSecretValue on resource: ${other.ARN} because no identity-based policy`,
  );
});

test('a resource policy lets a role in, and a public one is refused when that is asked for', async () => {
  const {ARN} = await create('token', 'one');
  const role = await cloud.role('accept');
  const policy = (Principal: unknown) => ({
    SecretId: ARN,
    BlockPublicPolicy: true,
    ResourcePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal, Action: 'secretsmanager:GetSecretValue', Resource: '*'}],
    }),
  });
  await secrets('PutResourcePolicy', policy({AWS: role.roleArn}));
  expect(await secrets('GetSecretValue', {SecretId: ARN}, role)).toMatchObject({SecretString: 'one'});
  expect(await refusal(secrets('PutResourcePolicy', policy('*')))).toMatch(/^PublicPolicyException/);
  await secrets('DeleteResourcePolicy', {SecretId: ARN});
  expect(await refusal(secrets('GetSecretValue', {SecretId: ARN}, role))).toMatch(/^AccessDeniedException/);
});

test('a secret under a customer’s key needs the key as well, through Secrets Manager only', async () => {
  const {KeyMetadata} = await cloud.call<{KeyMetadata: {KeyId: string; Arn: string}}>('kms', 'CreateKey');
  const {ARN} = await create('token', 'one', {KmsKeyId: KeyMetadata.KeyId});
  const read = {Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: ARN};
  const decrypt = (service: string) => ({
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: KeyMetadata.Arn,
    Condition: {
      StringEquals: {'kms:ViaService': `${service}.us-east-1.amazonaws.com`, 'kms:EncryptionContext:SecretARN': ARN},
    },
  });
  const may = await cloud.role('accept', read, decrypt('secretsmanager'));
  const mayNot = await cloud.role('process', read, decrypt('ssm'));
  expect(await secrets('GetSecretValue', {SecretId: ARN}, may)).toMatchObject({SecretString: 'one'});
  expect(cloud.used(may)).toEqual(
    expect.arrayContaining(['secretsmanager:GetSecretValue 1 allowed, 0 denied', 'kms:Decrypt 1 allowed, 0 denied']),
  );
  expect(await refusal(secrets('GetSecretValue', {SecretId: ARN}, mayNot))).toMatch(
    /^AccessDeniedException: Access to KMS is not allowed\. User: .* kms:Decrypt on resource/,
  );
  await cloud.call('kms', 'DisableKey', {KeyId: KeyMetadata.KeyId});
  expect(await refusal(value(ARN))).toMatch(/^DecryptionFailure: Secrets Manager can't decrypt/);
});

test('an update to another key encrypts the labelled versions again', async () => {
  const {KeyMetadata} = await cloud.call<{KeyMetadata: {KeyId: string}}>('kms', 'CreateKey');
  const {KeyId: KmsKeyId} = KeyMetadata;
  await create('token', 'one', {KmsKeyId});
  await secrets('UpdateSecret', {SecretId: 'token', KmsKeyId: '', Description: 'moved'});
  await cloud.call('kms', 'DisableKey', {KeyId: KmsKeyId});
  expect(await value('token')).toBe('one');
  expect(await secrets('DescribeSecret', {SecretId: 'token'})).toMatchObject({Description: 'moved'});
});
