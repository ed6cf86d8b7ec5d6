import {fileURLToPath} from 'node:url';
import {describe, expect} from 'vitest';
import type {LocalConnection} from '../../src/local/connection-file.ts';
import {missingClient, runClient} from './foreign-clients.ts';

const missing = await missingClient('python3', ['-c', 'import boto3']);

/** Tests that are skipped, and say why, where there is no boto3. */
export function describeWithBoto3(tests: () => void): void {
  describe.skipIf(missing !== undefined)(`with boto3${missing === undefined ? '' : ` (skipped: ${missing})`}`, tests);
}

/** What a script prints of the embedded AWS, as one JSON document. */
export async function printedBy<T>(script: URL, connection: LocalConnection): Promise<T> {
  // Without bytecode: scripts import what lies beside them, in the sources.
  const {stdout, stderr, code} = await runClient(connection, 'python3', ['-B', fileURLToPath(script)]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as T;
}
