import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import {execa} from 'execa';
import {cleanEnvironment, gearPath} from './gear.ts';

/** What is typed, or the name of a signal, once something was said. */
export interface Step {
  readonly said: RegExp;
  readonly answer: string;
  /** Again and again, as from somebody who is in a hurry. */
  readonly untilItEnds?: boolean;
}

interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** The built command as somebody sees it who sits before it. `status` is negative when a signal has ended it. */
export async function inTerminal(
  args: readonly string[],
  steps: readonly Step[],
  {cwd, env, columns = 80, rows = 24}: Terminal,
): Promise<{readonly status: number; readonly lines: readonly string[]}> {
  const spec = {
    command: [process.execPath, gearPath, ...args],
    steps: steps.map(({said, ...step}) => ({...step, said: said.source})),
    cwd,
    columns,
    rows,
  };
  const {stdout} = await execa(
    'python3',
    [fileURLToPath(new URL('in_terminal.py', import.meta.url)), JSON.stringify(spec)],
    {
      env: {...cleanEnvironment(), ...env, TERM: 'xterm'},
      extendEnv: false,
    },
  );
  const {status, said, notSaid} = JSON.parse(stdout) as {status: number; said: string; notSaid: readonly string[]};
  if (notSaid.length > 0) throw new Error(`It never said ${notSaid.join(', ')}:\n${said}`);
  return {status, lines: stripVTControlCharacters(said).split(/[\r\n]+/)};
}

/** Why there can be none; undefined where there can. */
export function noTerminal(): string | undefined {
  try {
    execFileSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], {stdio: 'ignore'});
    return undefined;
  } catch {
    return 'python3 with its pty module is not on this machine';
  }
}
