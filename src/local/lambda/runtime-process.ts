import {type ChildProcess, spawn} from 'node:child_process';
import {readLog} from './log-reader.ts';
import {killGroup} from './reaper.ts';

export type OutputStream = 'stdout' | 'stderr';

export interface RuntimeProcessOptions {
  readonly command: readonly [string, ...string[]];
  readonly taskRoot: string;
  readonly variables: Readonly<Record<string, string>>;
  onLine(text: string): void;
  /** The runtime says that an invocation's log is complete on this stream. */
  onMark(stream: OutputStream, requestId: string): void;
  onClose(code: number | null, signal: NodeJS.Signals | null): void;
}

/** The process of an execution environment: can be stopped, continued and killed, with whatever it started itself. */
export interface RuntimeProcess {
  readonly pid: number | undefined;
  freeze(): void;
  thaw(): void;
  kill(): void;
  /** When it is gone and everything it wrote was read. */
  readonly closed: Promise<void>;
}

export function startRuntimeProcess(options: RuntimeProcessOptions): RuntimeProcess {
  const [program, ...argv] = options.command;
  const child = spawn(program, argv, {
    cwd: options.taskRoot,
    env: options.variables,
    // A group of its own, which signals reach as a whole.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const name of ['stdout', 'stderr'] as const)
    readLog(child[name], {line: options.onLine, mark: requestId => options.onMark(name, requestId)});
  const closed = new Promise<void>(resolve => {
    child.once('error', () => undefined);
    // What the handler started may keep the streams open after the runtime itself is gone.
    child.once('exit', () => child.pid !== undefined && killGroup(child.pid));
    child.once('close', (code, signal) => {
      options.onClose(code, signal);
      resolve();
    });
  });
  let frozen = false;
  return {
    pid: child.pid,
    closed,
    freeze() {
      signalGroup(child, 'SIGSTOP');
      frozen = true;
    },
    thaw() {
      if (frozen) signalGroup(child, 'SIGCONT');
      frozen = false;
    },
    kill: () => child.pid !== undefined && killGroup(child.pid),
  };
}

function signalGroup({pid}: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Gone: its close event says the rest.
  }
}
