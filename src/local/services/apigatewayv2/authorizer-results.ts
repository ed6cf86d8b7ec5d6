import type {Clock} from '../../clock.ts';
import type {LambdaAuthorizer} from './records.ts';

interface Remembered {
  readonly authorizer: LambdaAuthorizer;
  readonly until: number;
  readonly answer: unknown;
}

/** What Lambda authorizers have answered, by stage, authorizer and identity; not kept over a restart. */
export class AuthorizerResults {
  readonly #clock: Clock;
  readonly #results = new Map<string, Remembered>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(stage: string, authorizer: LambdaAuthorizer, identity: readonly string[]): unknown {
    const found = this.#results.get(keyOf(stage, authorizer, identity));
    // A changed authorizer is another record, and is asked again.
    return found?.authorizer === authorizer && found.until > this.#clock.now() ? found.answer : undefined;
  }

  set(stage: string, authorizer: LambdaAuthorizer, identity: readonly string[], answer: unknown): void {
    const lifetime = authorizer.authorizerResultTtlInSeconds * 1000;
    if (lifetime === 0) return;
    if (this.#results.size >= 10_000) this.#results.clear();
    this.#results.set(keyOf(stage, authorizer, identity), {authorizer, until: this.#clock.now() + lifetime, answer});
  }

  /** Of a stage, `apiId/name`. */
  reset(stage: string): void {
    for (const key of this.#results.keys()) if (key.startsWith(`${stage}\n`)) this.#results.delete(key);
  }
}

function keyOf(stage: string, {authorizerId}: LambdaAuthorizer, identity: readonly string[]): string {
  return [stage, authorizerId, ...identity].join('\n');
}
