import {createHash} from 'node:crypto';
import type {KMSClient} from '@aws-sdk/client-kms';
import type {SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import {describe, expect, it} from 'vitest';
import {open, seal} from '../src/lib/envelope.ts';
import {cachedSecret} from '../src/lib/secret.ts';

describe('a secret', () => {
  it('is asked for once, until it is too old or did not hold', async () => {
    let asked = 0;
    let now = 0;
    const client = {send: async () => ({SecretString: `value ${++asked}`})} as unknown as SecretsManagerClient;
    const secret = cachedSecret(client, {secretId: 's', maximumAgeSeconds: 300}, () => now);
    expect(await Promise.all([secret.value(), secret.value()])).toEqual(['value 1', 'value 1']);
    now = 299_999;
    expect(await secret.value()).toBe('value 1');
    now = 300_000;
    expect(await secret.value()).toBe('value 2');
    secret.forget();
    expect(await secret.value()).toBe('value 3');
  });

  it('is asked for again after a refusal', async () => {
    const answers = [() => Promise.reject(new Error('denied')), async () => ({SecretString: 'value'})];
    const client = {send: () => answers.shift()!()} as unknown as SecretsManagerClient;
    const secret = cachedSecret(client, {secretId: 's', maximumAgeSeconds: 300});
    await expect(secret.value()).rejects.toThrow('denied');
    expect(await secret.value()).toBe('value');
  });
});

describe('an envelope', () => {
  /** A KMS whose keys depend on the encryption context, as the real ones do. */
  const client = {
    send: async ({input}: {input: {EncryptionContext: object}}) => ({
      Plaintext: createHash('sha256').update(JSON.stringify(input.EncryptionContext)).digest(),
      CiphertextBlob: Buffer.from('sealed key'),
    }),
  } as unknown as KMSClient;
  const key = {client, keyId: 'key'};
  const context = {service: 'gear-service-name', requestId: 'request-1'};

  it('shows nothing of its payload, and gives it back', async () => {
    const envelope = await seal(key, 'the payload', context);
    expect(Buffer.from(envelope.ciphertext, 'base64').toString()).not.toContain('payload');
    expect(await open(key, envelope, context)).toBe('the payload');
  });

  it('stays shut for another request, and when it was changed', async () => {
    const envelope = await seal(key, 'the payload', context);
    await expect(open(key, envelope, {...context, requestId: 'request-2'})).rejects.toThrow();
    const changed = Buffer.from(envelope.ciphertext, 'base64');
    changed[0]! ^= 1;
    await expect(open(key, {...envelope, ciphertext: changed.toString('base64')}, context)).rejects.toThrow();
  });
});
