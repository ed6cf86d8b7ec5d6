import {randomBytes} from 'node:crypto';
import type {Caller} from '../caller.ts';
import type {Clock} from '../clock.ts';
import type {State} from '../state.ts';
import type {Credentials} from './access.ts';

/** Who was given which keys. The developer's outlive the process; those of sessions end with it. */
export class CredentialStore {
  readonly developer: Credentials;
  readonly #sessions = new Map<string, Credentials>();
  readonly #clock: Clock;

  constructor({state, clock, account}: {state: State; clock: Clock; account: string}) {
    this.#clock = clock;
    const saved = state.collection<{accessKeyId: string; secretAccessKey: string}>('access.developer');
    const keys = saved.get(account) ?? {accessKeyId: keyId('AKIA'), secretAccessKey: secret(30)};
    saved.set(account, keys);
    this.developer = {...keys, caller: {kind: 'developer', arn: `arn:aws:iam::${account}:user/developer`}};
  }

  /** Also of keys that have expired a short while ago, so that they can be refused as expired. */
  find(accessKeyId: string): Credentials | undefined {
    return accessKeyId === this.developer.accessKeyId ? this.developer : this.#sessions.get(accessKeyId);
  }

  issue(caller: Caller, lifetimeSeconds: number): Credentials {
    this.#forgetExpired();
    const credentials = {
      accessKeyId: keyId('ASIA'),
      secretAccessKey: secret(30),
      sessionToken: secret(120),
      expiresAt: this.#clock.now() + lifetimeSeconds * 1000,
      caller,
    };
    this.#sessions.set(credentials.accessKeyId, credentials);
    return credentials;
  }

  #forgetExpired(): void {
    const hour = 3_600_000;
    for (const {accessKeyId, expiresAt = 0} of this.#sessions.values())
      if (expiresAt + hour < this.#clock.now()) this.#sessions.delete(accessKeyId);
  }
}

/** Four letters that tell the kind, then sixteen of base 32, as AWS's. */
function keyId(prefix: 'AKIA' | 'ASIA'): string {
  return prefix + Array.from(randomBytes(16), byte => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('');
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64');
}
