import {afterEach, beforeEach, expect, test} from 'vitest';
import {kmsService} from '../../../../src/local/services/kms/service.ts';
import {type Bench, manualClock, openBench} from '../../harness.ts';

const day = 86_400_000;
const clock = manualClock();
let bench: Bench;
beforeEach(() => {
  bench = openBench(clock);
  bench.services.set('kms', kmsService({...bench, account: '000000000000', region: 'us-east-1'}));
});
afterEach(() => bench.close());

test('rotation changes what encrypts, and keeps what decrypts', async () => {
  const {KeyMetadata} = await bench.call<{KeyMetadata: {KeyId: string}}>('kms', 'CreateKey');
  const {KeyId} = KeyMetadata;
  const encrypt = async () =>
    Buffer.from(
      (await bench.call('kms', 'Encrypt', {KeyId, Plaintext: Buffer.from('token')})).CiphertextBlob as Buffer,
    );
  const decrypt = async (CiphertextBlob: Uint8Array) =>
    String((await bench.call('kms', 'Decrypt', {CiphertextBlob})).Plaintext);
  await bench.call('kms', 'EnableKeyRotation', {KeyId, RotationPeriodInDays: 90});
  expect(await bench.call('kms', 'GetKeyRotationStatus', {KeyId})).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 90,
    NextRotationDate: new Date(clock.now() + 90 * day),
  });
  const before = await encrypt();
  await clock.advance(90 * day);
  const after = await encrypt();
  // The number of the material stands in the blob, behind the format and the key.
  expect([before.readUInt16BE(18), after.readUInt16BE(18)]).toEqual([0, 1]);
  expect([await decrypt(before), await decrypt(after)]).toEqual(['token', 'token']);
  await bench.call('kms', 'DisableKeyRotation', {KeyId});
  expect(await bench.call('kms', 'GetKeyRotationStatus', {KeyId})).toMatchObject({KeyRotationEnabled: false});
});
