import {afterAll, beforeAll, expect, test} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {describeWithBoto3, printedBy} from './boto3.ts';

describeWithBoto3(() => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud.close());

  test('keys, secrets and parameters answer over the wire', async () => {
    const script = new URL('keys-and-secrets-boto3.py', import.meta.url);
    expect(await printedBy(script, cloud.connection)).toEqual({
      'data key': true,
      context: ['InvalidCiphertextException', 400],
      key: ['Enabled', true, true],
      'no key': ['NotFoundException', 400],
      asymmetric: ['NotImplemented', 501],
      sign: ['NotImplemented', 501],
      secret: '{"token":"ä"}',
      binary: '00ff',
      listed: ['orders/key', 'orders/token'],
      rotation: ['NotImplemented', 501],
      'no secret': ['ResourceNotFoundException', 400],
      parameter: '10',
      path: [
        ['/orders/limit', '10'],
        ['/orders/token', 'secret'],
      ],
      'no parameter': ['ParameterNotFound', 400],
      commands: ['NotImplemented', 501],
    });
  }, 30_000);
});
