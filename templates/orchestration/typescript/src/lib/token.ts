import {createHmac, timingSafeEqual} from 'node:crypto';

/** Why a token is not taken; what it says stays out of the answer and of the log. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
}

export interface Claims {
  readonly sub: string;
  readonly exp: number;
}

/**
 * Checks a JSON Web Token that was signed with the key we share (HS256). The algorithm is not taken from the token:
 * one that says `none`, or anything else, is refused. https://datatracker.ietf.org/doc/html/rfc7519#section-7.2
 */
export function verifyToken(
  authorization: string | undefined,
  {key, audience, now}: {readonly key: string; readonly audience: string; readonly now: number},
): Claims {
  const [, token = ''] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (signature === '' || rest.length > 0) throw new Unauthorized('There is no bearer token');
  if (decoded(header).alg !== 'HS256') throw new Unauthorized('The token is not signed with HS256');
  const expected = createHmac('sha256', key).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Unauthorized('The token is signed with another key');
  return checkedClaims(decoded(payload), audience, now / 1000);
}

function checkedClaims({sub, exp, nbf, aud}: Record<string, unknown>, audience: string, now: number): Claims {
  if (typeof sub !== 'string' || sub === '') throw new Unauthorized('The token names no subject');
  if (typeof exp !== 'number' || exp <= now) throw new Unauthorized('The token has expired');
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > now)) throw new Unauthorized('The token is not valid yet');
  if (![aud].flat().includes(audience)) throw new Unauthorized('The token is meant for somebody else');
  return {sub, exp};
}

function decoded(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw new Unauthorized('The token cannot be read');
}
