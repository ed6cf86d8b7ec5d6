import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {missingClient, runClient} from './foreign-clients.ts';

const noBoto = await missingClient('python3', ['-c', 'import boto3']);

describe.skipIf(noBoto !== undefined)(`with boto3${noBoto === undefined ? '' : ` (skipped: ${noBoto})`}`, () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud.close());

  test('keys, secrets and parameters answer over the wire', async () => {
    const script = fileURLToPath(new URL('keys-and-secrets-boto3.py', import.meta.url));
    const {stdout, stderr, code} = await runClient(cloud.connection, 'python3', [script]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
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
