import {beforeEach, expect, test} from 'vitest';
import type {Caller} from '../../../../src/local/caller.ts';
import {type AssembledCloud, account, assembledCloud, refusal} from '../../assembled-cloud.ts';

let cloud: AssembledCloud;
let keyArn: string;
beforeEach(async () => {
  cloud = assembledCloud();
  const {KeyMetadata} = await cloud.call<{KeyMetadata: {Arn: string}}>('kms', 'CreateKey');
  keyArn = KeyMetadata.Arn;
});

const root = {Effect: 'Allow', Principal: {AWS: `arn:aws:iam::${account}:root`}, Action: 'kms:*', Resource: '*'};
const developer = {...root, Principal: {AWS: `arn:aws:iam::${account}:user/developer`}};
const putPolicy = (...Statement: object[]) =>
  cloud.call('kms', 'PutKeyPolicy', {KeyId: keyArn, Policy: JSON.stringify({Version: '2012-10-17', Statement})});
const dataKey = (caller: Caller, EncryptionContext: object = {}, KeyId = keyArn) =>
  refusal(cloud.call('kms', 'GenerateDataKey', {KeyId, KeySpec: 'AES_256', EncryptionContext}, caller));
const allow = (more: object = {}) => ({Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: keyArn, ...more});
const denied = (role: string, kind: string) =>
  `AccessDeniedException: User: arn:aws:sts::${account}:assumed-role/${role}/i-1 is not authorized to perform: kms:GenerateDataKey on resource: ${keyArn} because no ${kind} policy allows the kms:GenerateDataKey action`;

test('under the default key policy the role’s own policy decides', async () => {
  const may = await cloud.role('accept', allow());
  const mayNot = await cloud.role('process');
  expect(await dataKey(may)).toBe('it was allowed');
  expect(await dataKey(mayNot)).toBe(denied('process', 'identity-based'));
  expect(cloud.used(may)).toEqual(['kms:GenerateDataKey 1 allowed, 0 denied']);
});

test('without the account in the key policy, an identity policy does not help', async () => {
  const role = await cloud.role('accept', allow());
  await putPolicy(developer);
  expect(await dataKey(role)).toBe(denied('accept', 'resource-based'));
  await putPolicy(developer, {...developer, Principal: {AWS: role.roleArn}, Action: 'kms:GenerateDataKey'});
  expect(await dataKey(role)).toBe('it was allowed');
});

test('the key policy alone can let a role in', async () => {
  const role = await cloud.role('accept');
  await putPolicy(root, {...root, Principal: {AWS: role.roleArn}, Action: 'kms:GenerateDataKey'});
  expect(await dataKey(role)).toBe('it was allowed');
});

test('a key policy that would lock its writer out is refused, and the old one stays', async () => {
  const {Policy} = await cloud.call<{Policy: string}>('kms', 'GetKeyPolicy', {KeyId: keyArn});
  expect(await refusal(putPolicy({...root, Action: 'kms:Decrypt'}))).toBe(
    'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
  );
  expect(await cloud.call('kms', 'GetKeyPolicy', {KeyId: keyArn})).toMatchObject({Policy});
  const Statement = [{...root, Principal: {AWS: `arn:aws:iam::${account}:role/none`}}];
  expect(
    await refusal(cloud.call('kms', 'CreateKey', {Policy: JSON.stringify({Version: '2012-10-17', Statement})})),
  ).toMatch(/^MalformedPolicyDocumentException/);
  expect((await cloud.call<{Keys: unknown[]}>('kms', 'ListKeys')).Keys).toHaveLength(1);
});

test.each([
  ['StringEquals', 'kms:EncryptionContext:service', 'orders', {service: 'orders'}, {service: 'billing'}],
  ['StringEquals', 'kms:EncryptionContext:service', 'orders', {service: 'orders', id: '1'}, {}],
  ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'service', {service: 'any'}, {id: '1'}],
])('%s on %s holds a role to its encryption context', async (operator, key, value, good, bad) => {
  const role = await cloud.role('accept', allow({Condition: {[operator]: {[key]: value}}}));
  expect(await dataKey(role, good)).toBe('it was allowed');
  expect(await dataKey(role, bad)).toBe(denied('accept', 'identity-based'));
});

test('a policy can ask for the alias by which a key is named', async () => {
  await cloud.call('kms', 'CreateAlias', {AliasName: 'alias/orders', TargetKeyId: keyArn});
  const condition = {StringEquals: {'kms:RequestAlias': 'alias/orders'}};
  const role = await cloud.role('accept', allow({Condition: condition}));
  expect(await dataKey(role, {}, 'alias/orders')).toBe('it was allowed');
  expect(await dataKey(role)).toBe(denied('accept', 'identity-based'));
});

test('re-encrypting asks for both keys by their own actions', async () => {
  const {KeyMetadata} = await cloud.call<{KeyMetadata: {Arn: string}}>('kms', 'CreateKey');
  const role = await cloud.role('rekey', {Effect: 'Allow', Action: 'kms:ReEncryptFrom', Resource: keyArn});
  const {CiphertextBlob} = await cloud.call('kms', 'Encrypt', {KeyId: keyArn, Plaintext: Buffer.from('token')});
  const reEncrypt = cloud.call('kms', 'ReEncrypt', {CiphertextBlob, DestinationKeyId: KeyMetadata.Arn}, role);
  expect(await refusal(reEncrypt)).toContain(`kms:ReEncryptTo on resource: ${KeyMetadata.Arn}`);
});

test('a grant lets its grantee in under its constraint, until it is retired', async () => {
  const grantee = await cloud.role('process');
  const other = await cloud.role('other');
  const grant = (GranteePrincipal: string, RetiringPrincipal?: string) =>
    cloud.call<{GrantToken: string; GrantId: string}>('kms', 'CreateGrant', {
      KeyId: keyArn,
      GranteePrincipal,
      RetiringPrincipal,
      Operations: ['GenerateDataKey', 'DescribeKey'],
      Constraints: {EncryptionContextEquals: {service: 'orders'}},
    });
  const {GrantToken} = await grant(grantee.roleArn, other.roleArn);
  expect(await dataKey(grantee, {service: 'orders'})).toBe('it was allowed');
  expect(await dataKey(grantee, {service: 'orders', id: '1'})).toBe(denied('process', 'identity-based'));
  expect(await dataKey(grantee)).toBe(denied('process', 'identity-based'));
  await cloud.call('kms', 'DescribeKey', {KeyId: keyArn}, grantee);

  const mine = await grant(other.roleArn);
  expect(await refusal(cloud.call('kms', 'RetireGrant', mine, other))).toContain('not authorized');
  await cloud.call('kms', 'RetireGrant', {GrantToken}, other);
  expect(await dataKey(grantee, {service: 'orders'})).toBe(denied('process', 'identity-based'));
  expect(await cloud.call('kms', 'ListGrants', {KeyId: keyArn})).toMatchObject({Grants: [{GrantId: mine.GrantId}]});
  await cloud.call('kms', 'RevokeGrant', {KeyId: keyArn, GrantId: mine.GrantId});
  expect(await cloud.call('kms', 'ListGrants', {KeyId: keyArn})).toMatchObject({Grants: []});
});

test('an AWS managed key is open through its service only, and cannot be changed', async () => {
  const {KeyMetadata} = await cloud.call<{KeyMetadata: {KeyId: string}}>('kms', 'DescribeKey', {
    KeyId: 'alias/aws/ssm',
  });
  expect(KeyMetadata).toMatchObject({KeyManager: 'AWS'});
  const encrypt = cloud.call('kms', 'Encrypt', {KeyId: 'alias/aws/ssm', Plaintext: Buffer.from('token')});
  expect(await refusal(encrypt)).toContain('because no resource-based policy allows the kms:Encrypt action');
  expect(await refusal(cloud.call('kms', 'DisableKey', {KeyId: KeyMetadata.KeyId}))).toMatch(/^AccessDenied/);
});
