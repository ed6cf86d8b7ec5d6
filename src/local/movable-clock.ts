import type {Clock} from './clock.ts';
import type {Collection} from './state.ts';

/** A clock that goes with another one, and can be put forward. */
export interface MovableClock extends Clock {
  /** Milliseconds by which it is ahead of the machine. */
  readonly offset: number;
  /** Puts it forward, and is there once what fell due on the way has been begun, each at its time. */
  advance(milliseconds: number): Promise<void>;
}

interface Task {
  readonly due: number;
  readonly run: () => void;
  cancel: () => void;
}

/** Longer waits are taken in parts: timers count milliseconds in 31 bits. */
const longestWait = 86_400_000;
/** However far it goes, it stops this often at most; what falls due between two stops runs at the second one. */
const mostStops = 5000;

/** `kept` holds the offset, so that time does not go back when the process is started again. */
export function movableClock(machine: Clock, kept: Collection<number>): MovableClock {
  let offset = kept.get('offset') ?? 0;
  const tasks = new Set<Task>();
  let moving: Promise<void> = Promise.resolve();
  const now = () => machine.now() + offset;

  function arm(task: Task): void {
    task.cancel = machine.after(Math.min(longestWait, Math.max(0, task.due - now())), () => {
      if (task.due > now()) arm(task);
      else run(task);
    });
  }

  function run(task: Task): void {
    if (!tasks.delete(task)) return;
    task.cancel();
    task.run();
  }

  function setOffset(milliseconds: number): void {
    if (milliseconds <= offset) return;
    offset = milliseconds;
    kept.set('offset', offset);
  }

  async function move(milliseconds: number): Promise<void> {
    const target = offset + milliseconds;
    const stride = milliseconds / mostStops;
    for (let stop = now(); ; ) {
      const end = machine.now() + target;
      const next = Math.min(...Array.from(tasks, ({due}) => due));
      if (next > end) break;
      stop = Math.min(end, Math.max(next, stop + stride));
      setOffset(Math.min(target, stop - machine.now()));
      const due = [...tasks].filter(task => task.due <= now()).sort((a, b) => a.due - b.due);
      for (const task of due) run(task);
      await new Promise(resolve => setImmediate(resolve));
    }
    setOffset(target);
    for (const task of tasks) {
      task.cancel();
      arm(task);
    }
  }

  return {
    now,
    get offset() {
      return offset;
    },
    after(milliseconds, runTask) {
      const task: Task = {due: now() + milliseconds, run: runTask, cancel: () => {}};
      tasks.add(task);
      arm(task);
      return () => {
        tasks.delete(task);
        task.cancel();
      };
    },
    advance(milliseconds) {
      moving = moving.then(() => move(milliseconds));
      return moving;
    },
  };
}
