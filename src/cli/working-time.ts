export interface WorkingTime {
  /** Waits for somebody to answer, which is nobody's work. */
  without<T>(ask: () => Promise<T>): Promise<T>;
  milliseconds(): number;
}

/** How long a command has worked so far. */
export function workingTime(): WorkingTime {
  const started = Date.now();
  let waited = 0;
  return {
    async without(ask) {
      const asked = Date.now();
      try {
        return await ask();
      } finally {
        waited += Date.now() - asked;
      }
    },
    milliseconds: () => Date.now() - started - waited,
  };
}
