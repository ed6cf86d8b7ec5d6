import type {Clock} from '../clock.ts';

/** What an environment still waits for; all of it ends at once. */
export class Timers {
  readonly #clock: Clock;
  #cancels: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  after(milliseconds: number, task: () => void): void {
    this.add(this.#clock.after(milliseconds, task));
  }

  add(cancel: () => void): void {
    this.#cancels.push(cancel);
  }

  clear(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
  }
}
