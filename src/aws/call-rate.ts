/** The time as the pace of calls sees it; tests pass one that they move themselves. */
export interface Pace {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const realPace: Pace = {
  now: () => performance.now(),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
};

/**
 * Lets calls go one after the other, evenly and never in bursts: AWS counts those of others in the same account, too.
 * When it says that there are too many they pause and go at half the rate, which comes back slowly.
 */
export class CallRate {
  readonly #most: number;
  readonly #pace: Pace;
  #rate: number;
  #next = 0;
  #slowedAt = Number.NEGATIVE_INFINITY;
  #turn: Promise<void> = Promise.resolve();

  constructor(perSecond: number, pace: Pace) {
    this.#most = perSecond;
    this.#rate = perSecond;
    this.#pace = pace;
  }

  /** Resolves when a call may go. */
  take(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#wait());
    return this.#turn;
  }

  throttled(retryAfter = 0): void {
    const now = this.#pace.now();
    this.#next = Math.max(this.#next, now + Math.min(Math.max(retryAfter, pause), longestPause));
    // Those that were under way at the same time are told the same: one cause, one step down.
    if (now - this.#slowedAt < pause) return;
    this.#slowedAt = now;
    this.#rate = Math.max(this.#rate / 2, leastRate);
  }

  answered(): void {
    this.#rate = Math.min(this.#most, this.#rate + this.#most / answersToRecover);
  }

  async #wait(): Promise<void> {
    // Again, for it may have been throttled meanwhile.
    for (let left = this.#next - this.#pace.now(); left > 0; left = this.#next - this.#pace.now())
      await this.#pace.sleep(left);
    this.#next = this.#pace.now() + 1000 / this.#rate;
  }
}

const pause = 500;
const longestPause = 20_000;
const leastRate = 1;
const answersToRecover = 200;
