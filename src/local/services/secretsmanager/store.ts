import {randomInt} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import type {Collection, State} from '../../state.ts';
import {invalidRequest, secretNotFound} from './errors.ts';
import type {SecretRecord} from './secret.ts';

export interface SecretsOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class SecretsStore {
  readonly clock: Clock;
  readonly #arnPrefix: string;
  readonly #secrets: Collection<SecretRecord>;
  readonly #busy = new Map<string, Promise<unknown>>();

  constructor({state, clock, account, region}: SecretsOptions) {
    this.clock = clock;
    this.#arnPrefix = `arn:aws:secretsmanager:${region}:${account}:secret:`;
    this.#secrets = state.collection('secrets');
  }

  secrets(): SecretRecord[] {
    return [...this.#secrets.keys()].map(name => this.#named(name)).filter(secret => secret !== undefined);
  }

  newArn(name: string): string {
    const suffix = Array.from({length: 6}, () => alphabet[randomInt(alphabet.length)]).join('');
    return `${this.#arnPrefix}${name}-${suffix}`;
  }

  /** By name, by ARN, or by an ARN without its six last characters. */
  find(id: string): SecretRecord | undefined {
    if (!id.startsWith(this.#arnPrefix)) return this.#named(id);
    const end = id.slice(this.#arnPrefix.length);
    const whole = this.#named(end.replace(/-\w{6}$/, ''));
    return whole?.arn === id ? whole : this.#named(end);
  }

  /** What a policy is asked about: of a secret that is not there, the six characters are not known. */
  arnOf(id: string): string {
    if (id.startsWith('arn:')) return this.find(id)?.arn ?? id;
    return this.#named(id)?.arn ?? `${this.#arnPrefix}${id}-??????`;
  }

  secret(id: string): SecretRecord {
    const secret = this.find(id);
    if (secret === undefined) throw secretNotFound();
    return secret;
  }

  /** One that is not on its way out. */
  livingSecret(id: string): SecretRecord {
    const secret = this.secret(id);
    if (secret.deletion !== undefined)
      throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
    return secret;
  }

  save(secret: SecretRecord): void {
    this.#secrets.set(secret.name, secret);
  }

  delete({name}: SecretRecord): void {
    this.#secrets.delete(name);
  }

  /** Changes of one secret that wait for KMS follow one another, or the later would undo the earlier. */
  async inTurn<T>(id: string, change: () => Promise<T>): Promise<T> {
    const name = this.find(id)?.name ?? id;
    const turn = (this.#busy.get(name) ?? Promise.resolve()).then(change, change);
    this.#busy.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.#busy.get(name) === turn) this.#busy.delete(name);
    }
  }

  /** A secret whose recovery window is over is gone as soon as anybody looks. */
  #named(name: string): SecretRecord | undefined {
    const secret = this.#secrets.get(name);
    if (secret?.deletion === undefined || this.clock.now() < secret.deletion.at) return secret;
    this.delete(secret);
    return undefined;
  }
}
