/**
 * Runs `task` with a signal that the first ^C aborts, so that it can put things in order; a second ^C ends the
 * process at once, as usual.
 */
export async function interruptible<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop);
  try {
    return await task(interrupt.signal);
  } finally {
    process.removeListener('SIGINT', stop);
  }
}
