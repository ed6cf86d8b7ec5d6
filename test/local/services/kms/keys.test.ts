import {beforeEach, expect, test} from 'vitest';
import {type AssembledCloud, account, assembledCloud, refusal} from '../../assembled-cloud.ts';

let cloud: AssembledCloud;
beforeEach(() => {
  cloud = assembledCloud();
});

const day = 86_400_000;

interface Metadata {
  readonly KeyMetadata: {readonly KeyId: string; readonly Arn: string; readonly KeyState: string};
}
const kms = <T = Record<string, unknown>>(operation: string, input: object = {}) =>
  cloud.call<T>('kms', operation, input);
const createKey = async (input: object = {}) => (await kms<Metadata>('CreateKey', input)).KeyMetadata;
const encrypt = async (KeyId: string, EncryptionContext: object = {}) =>
  (await kms<{CiphertextBlob: Uint8Array}>('Encrypt', {KeyId, Plaintext: Buffer.from('token'), EncryptionContext}))
    .CiphertextBlob;
const decrypt = async (CiphertextBlob: Uint8Array, EncryptionContext: object = {}, KeyId?: string) =>
  Buffer.from(
    (await kms<{Plaintext: Uint8Array}>('Decrypt', {CiphertextBlob, EncryptionContext, KeyId})).Plaintext,
  ).toString();

test('what was encrypted is decrypted without naming the key, also after a restart', async () => {
  const {Arn} = await createKey();
  const ciphertext = await encrypt(Arn, {order: '1', team: 'orders'});
  expect(Buffer.from(ciphertext).toString('latin1')).not.toContain('token');
  await cloud.restart();
  expect(await decrypt(ciphertext, {team: 'orders', order: '1'})).toBe('token');
});

test.each([
  ['another value', {order: '2'}],
  ['one pair more', {order: '1', team: 'orders'}],
  ['none', {}],
])('an encryption context that differs is refused: %s', async (_title, context) => {
  const ciphertext = await encrypt((await createKey()).KeyId, {order: '1'});
  expect(await refusal(decrypt(ciphertext, context))).toMatch(/^InvalidCiphertextException/);
});

test('a ciphertext with one bit changed, cut short or foreign is refused', async () => {
  const ciphertext = Buffer.from(await encrypt((await createKey()).KeyId));
  for (const place of [18, ciphertext.length - 1]) {
    const changed = Buffer.from(ciphertext);
    changed[place]! ^= 1;
    expect(await refusal(decrypt(changed))).toMatch(/^InvalidCiphertextException/);
  }
  expect(await refusal(decrypt(ciphertext.subarray(0, 20)))).toMatch(/^InvalidCiphertextException/);
  expect(await refusal(decrypt(Buffer.alloc(80)))).toMatch(/^InvalidCiphertextException/);
});

test('a key is named by its ID, its ARN, its alias and the ARN of its alias', async () => {
  const {KeyId, Arn} = await createKey({Description: 'orders'});
  await kms('CreateAlias', {AliasName: 'alias/orders', TargetKeyId: KeyId});
  for (const name of [KeyId, Arn, 'alias/orders', `arn:aws:kms:us-east-1:${account}:alias/orders`]) {
    const {KeyMetadata} = await kms<Metadata>('DescribeKey', {KeyId: name});
    expect(KeyMetadata).toMatchObject({KeyId, Arn, Description: 'orders', KeyManager: 'CUSTOMER', Enabled: true});
    expect(await decrypt(await encrypt(name), {}, name)).toBe('token');
  }
  expect(await refusal(encrypt('alias/none'))).toBe(
    `NotFoundException: Alias arn:aws:kms:us-east-1:${account}:alias/none is not found.`,
  );
  expect(await refusal(encrypt('none'))).toBe(
    `NotFoundException: Key 'arn:aws:kms:us-east-1:${account}:key/none' does not exist`,
  );
});

test('an alias moves to another key, and what it encrypted before is still decrypted', async () => {
  const [old, other] = [await createKey(), await createKey()];
  await kms('CreateAlias', {AliasName: 'alias/orders', TargetKeyId: old.KeyId});
  const ciphertext = await encrypt('alias/orders');
  await kms('UpdateAlias', {AliasName: 'alias/orders', TargetKeyId: other.KeyId});
  expect(await decrypt(ciphertext)).toBe('token');
  expect(await refusal(decrypt(ciphertext, {}, 'alias/orders'))).toMatch(/^IncorrectKeyException/);
  expect(await refusal(kms('CreateAlias', {AliasName: 'alias/orders', TargetKeyId: old.KeyId}))).toMatch(
    /^AlreadyExistsException/,
  );
  await kms('DeleteAlias', {AliasName: 'alias/orders'});
  expect(await kms('ListAliases')).toMatchObject({Aliases: []});
});

test('a ciphertext is encrypted again under another key and context', async () => {
  const [from, to] = [await createKey(), await createKey()];
  const ciphertext = await encrypt(from.KeyId, {order: '1'});
  const {CiphertextBlob, KeyId} = await kms<{CiphertextBlob: Uint8Array; KeyId: string}>('ReEncrypt', {
    CiphertextBlob: ciphertext,
    SourceEncryptionContext: {order: '1'},
    DestinationKeyId: to.Arn,
    DestinationEncryptionContext: {order: '2'},
  });
  expect(KeyId).toBe(to.Arn);
  expect(await decrypt(CiphertextBlob, {order: '2'}, to.KeyId)).toBe('token');
});

test('a data key comes in the clear and encrypted, in the length that was asked for', async () => {
  const {KeyId} = await createKey();
  for (const [input, length] of [
    [{KeySpec: 'AES_256'}, 32],
    [{KeySpec: 'AES_128'}, 16],
    [{NumberOfBytes: 64}, 64],
  ] as const) {
    const made = await kms<{Plaintext: Uint8Array; CiphertextBlob: Uint8Array}>('GenerateDataKey', {KeyId, ...input});
    expect(made.Plaintext).toHaveLength(length);
    const opened = await kms<{Plaintext: Uint8Array}>('Decrypt', {CiphertextBlob: made.CiphertextBlob});
    expect(Buffer.from(opened.Plaintext).equals(made.Plaintext)).toBe(true);
  }
  expect(await refusal(kms('GenerateDataKey', {KeyId}))).toBe(
    'ValidationException: Please specify either number of bytes or key spec.',
  );
  expect(await kms('GenerateDataKeyWithoutPlaintext', {KeyId, KeySpec: 'AES_256'})).not.toHaveProperty('Plaintext');
});

test('a key that is disabled or about to be deleted can do nothing, and then it is gone', async () => {
  const {KeyId, Arn} = await createKey();
  const ciphertext = await encrypt(KeyId);
  await kms('DisableKey', {KeyId});
  expect(await refusal(decrypt(ciphertext))).toBe(`DisabledException: ${Arn} is disabled.`);
  await kms('EnableKey', {KeyId});
  await kms('ScheduleKeyDeletion', {KeyId, PendingWindowInDays: 7});
  expect(await refusal(decrypt(ciphertext))).toBe(`KMSInvalidStateException: ${Arn} is pending deletion.`);
  await kms('CancelKeyDeletion', {KeyId});
  await kms('EnableKey', {KeyId});
  expect(await decrypt(ciphertext)).toBe('token');
  await kms('CreateAlias', {AliasName: 'alias/orders', TargetKeyId: KeyId});
  await kms('ScheduleKeyDeletion', {KeyId, PendingWindowInDays: 7});
  await cloud.clock.advance(7 * day);
  expect(await refusal(decrypt(ciphertext))).toBe(`NotFoundException: Key '${Arn}' does not exist`);
  expect(await kms('ListKeys')).toMatchObject({Keys: []});
  expect(await kms('ListAliases')).toMatchObject({Aliases: []});
});

test('tags and pages', async () => {
  const {KeyId} = await createKey({Tags: [{TagKey: 'team', TagValue: 'orders'}]});
  await kms('TagResource', {KeyId, Tags: [{TagKey: 'stage', TagValue: 'dev'}]});
  await kms('UntagResource', {KeyId, TagKeys: ['team']});
  expect(await kms('ListResourceTags', {KeyId})).toMatchObject({Tags: [{TagKey: 'stage', TagValue: 'dev'}]});
  await createKey();
  const first = await kms<{Keys: unknown[]; NextMarker: string}>('ListKeys', {Limit: 1});
  expect(first).toMatchObject({Truncated: true});
  expect(await kms('ListKeys', {Limit: 1, Marker: first.NextMarker})).toMatchObject({Truncated: false});
});

test.each([
  [{KeySpec: 'RSA_2048'}, 'the KMS KeySpec RSA_2048'],
  [{KeyUsage: 'SIGN_VERIFY'}, 'the KMS KeyUsage SIGN_VERIFY'],
  [{Origin: 'EXTERNAL'}, 'the KMS Origin EXTERNAL'],
  [{MultiRegion: true}, 'KMS MultiRegion keys'],
])('%j is refused by its name', async (input, name) => {
  expect(await refusal(createKey(input))).toBe(`NotImplemented: gear local does not implement ${name}`);
});
