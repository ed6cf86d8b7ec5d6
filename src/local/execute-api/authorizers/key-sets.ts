import type {JsonWebKey} from 'node:crypto';
import type {Clock} from '../../clock.ts';

export interface Jwk extends JsonWebKey {
  readonly kid?: string;
}

interface KeySet {
  readonly keys: readonly Jwk[];
  readonly readAt: number;
}

/** API Gateway keeps an issuer's keys for two hours. */
const lifetime = 2 * 3600_000;
/** A token with a key that is not there yet has them read again, but not each time. */
const pause = 60_000;

/** The key of an issuer that a token names, as its discovery document leads to it. */
export function openKeySets(clock: Clock): (issuer: string, kid: string | undefined) => Promise<Jwk | undefined> {
  const known = new Map<string, KeySet>();
  return async (issuer, kid) => {
    const find = () => known.get(issuer)?.keys.find(key => kid === undefined || key.kid === kid);
    const age = clock.now() - (known.get(issuer)?.readAt ?? Number.NEGATIVE_INFINITY);
    const key = find();
    if (age < (key === undefined ? pause : lifetime)) return key;
    known.set(issuer, {keys: await readKeys(issuer), readAt: clock.now()});
    return find();
  };
}

async function readKeys(issuer: string): Promise<readonly Jwk[]> {
  const {jwks_uri} = await readJson<{jwks_uri?: unknown}>(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  );
  if (typeof jwks_uri !== 'string') throw new Error('the discovery document has no jwks_uri');
  const {keys} = await readJson<{keys?: unknown}>(jwks_uri);
  if (!Array.isArray(keys)) throw new Error(`${jwks_uri} has no keys`);
  return keys as Jwk[];
}

async function readJson<T>(url: string): Promise<T> {
  // API Gateway gives an issuer 1,500 ms.
  const response = await fetch(url, {signal: AbortSignal.timeout(1500)});
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return (await response.json()) as T;
}
