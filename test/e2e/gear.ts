import {fileURLToPath} from 'node:url';
import {execa} from 'execa';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
export const gearPath = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Standard output as the JSON document it must be; of a command that prints events, the last line, its result. */
  json<T = Record<string, unknown>>(): T;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** The built command, in a pipe, with nothing of the developer's AWS configuration in its environment. */
export async function gear(args: readonly string[], {cwd, env = {}, input = ''}: RunOptions = {}): Promise<Run> {
  const {stdout, stderr, exitCode} = await execa(process.execPath, [gearPath, ...args], {
    ...(cwd === undefined ? {} : {cwd}),
    env: {...cleanEnvironment(), ...env},
    extendEnv: false,
    reject: false,
    input,
  });
  return {
    stdout,
    stderr,
    exitCode: exitCode ?? -1,
    json: () => JSON.parse(/^\{.*\}$/.test(lastLine(stdout)) ? lastLine(stdout) : stdout),
  };
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && name !== 'NODE_OPTIONS');
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
}
