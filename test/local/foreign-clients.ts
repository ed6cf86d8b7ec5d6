import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {clientEnvironment} from '../../src/local/client-environment.ts';
import type {LocalConnection} from '../../src/local/connection-file.ts';

const run = promisify(execFile);

/** Why a client that is not ours cannot be used here; undefined when it can. */
export async function missingClient(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    await run(command, args);
    return undefined;
  } catch {
    return `${[command, ...args].join(' ')} does not run on this machine`;
  }
}

/** Standard output of a program whose AWS environment is the embedded AWS. */
export async function runClient(
  connection: LocalConnection,
  command: string,
  args: readonly string[],
): Promise<{readonly stdout: string; readonly stderr: string; readonly code: number}> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    ...clientEnvironment(connection),
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
  try {
    return {...(await run(command, args, {env})), code: 0};
  } catch (error) {
    const {stdout = '', stderr = String(error), code = -1} = error as {stdout?: string; stderr?: string; code?: number};
    return {stdout, stderr, code};
  }
}
