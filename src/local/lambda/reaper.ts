import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Sees to it that no environment outlives the embedded AWS, however it ends. */
export interface Reaper {
  watch(environmentId: string, pid: number): void;
  /** Its process is gone; forgets it, and removes its folder. */
  release(environmentId: string, pid: number | undefined): void;
  close(): void;
}

/**
 * A process that was killed cannot clean up after itself, and a frozen child cannot notice that its parent is gone. So
 * a shell holds a pipe from this process and a list of the children; when the pipe closes it kills what is on the list.
 * What even the shell missed (somebody killed it too) is found in `folder` by the next start.
 */
export function openReaper(folder: string): Reaper {
  killLeftovers(folder);
  let shell: ChildProcess | undefined;
  const tell = (line: string) => {
    shell ??= startShell();
    shell.stdin!.write(`${line}\n`);
  };
  return {
    watch(environmentId, pid) {
      writeFileSync(join(folder, environmentId, 'pid'), String(pid));
      tell(`+ ${pid}`);
    },
    release(environmentId, pid) {
      if (pid !== undefined) tell(`- ${pid}`);
      rmSync(join(folder, environmentId), {recursive: true, force: true});
    },
    close: () => void shell?.stdin?.end(),
  };
}

const script = `live=' '
while read -r sign pid; do
  case $sign in
    +) live="$live$pid " ;;
    -) rest=' '; for each in $live; do [ "$each" = "$pid" ] || rest="$rest$each "; done; live=$rest ;;
  esac
done
for pid in $live; do kill -s KILL -- "-$pid" 2>/dev/null; done`;

function startShell(): ChildProcess {
  // A session of its own: a signal to the parent's process group, such as ^C, is not meant for it.
  const shell = spawn('/bin/sh', ['-c', script, 'gear-reaper'], {
    detached: true,
    env: {},
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined);
  shell.stdin!.on('error', () => undefined);
  shell.unref();
  return shell;
}

/** Ends a process and what it started; a process that is gone already is no error. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone.
  }
}

function killLeftovers(folder: string): void {
  for (const environmentId of readdirSync(folder)) {
    const pid = pidIn(join(folder, environmentId));
    // The number may be another process's by now; ours has its environment's id on its command line.
    if (pid !== undefined && commandLine(pid).includes(environmentId)) killGroup(pid);
    rmSync(join(folder, environmentId), {recursive: true, force: true});
  }
}

function pidIn(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function commandLine(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {encoding: 'utf8'});
  } catch {
    return '';
  }
}
