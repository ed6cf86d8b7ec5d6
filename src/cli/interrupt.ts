import type {EventEmitter} from 'node:events';
import {isatty} from 'node:tty';
import {isAborted} from '../errors.ts';

/** Tells what is under way that nobody can read any more what is printed; answers whether anything heeds that. */
export function outputClosed(): boolean {
  return heard.emit(closed);
}

/**
 * Runs `task` with a signal that the first ^C aborts, so that it can put things in order; a second ^C ends the
 * process at once, as usual. SIGTERM is the same, and a terminal that is closed is a first ^C. With `evenUnread` so is
 * a reader that has gone: what changes something is not cut off by `| head`.
 */
export async function interruptible<T>(
  task: (signal: AbortSignal) => Promise<T>,
  {evenUnread = false} = {},
): Promise<T> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  const first = () => {
    stop();
    // A question has listeners of its own, which end the process when there are no others: it goes after them.
    queueMicrotask(release);
  };
  const release = () => {
    for (const name of deadly) heard.removeListener(name, first);
  };
  // Without a terminal there is none to be closed: it is nohup, which Node forgets as it starts.
  const hungUp = hasTerminal() ? stop : () => {};
  for (const name of deadly) heard.on(name, first);
  // A closed terminal is told of by itself and by its shell, a closed pipe by everything that is printed.
  heard.on('SIGHUP', hungUp);
  if (evenUnread) heard.on(closed, stop);
  try {
    return await task(interrupt.signal);
  } finally {
    release();
    heard.removeListener('SIGHUP', hungUp);
    heard.removeListener(closed, stop);
  }
}

/** What comes of it; undefined where ^C has ended it. */
export async function unlessAborted<T>(task: Promise<T>): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (isAborted(error)) return undefined;
    throw error;
  }
}

/** By its type a process emits only what Node gives it. */
const heard: EventEmitter = process;
const deadly = ['SIGINT', 'SIGTERM'];
const closed = 'outputClosed';

/** One that is closed no longer counts as one. */
const hasTerminal = () => [0, 1, 2].some(isatty);
