import {createPublicKey, type KeyObject, verify} from 'node:crypto';
import {isObject} from '../../../model/is-object.ts';
import type {Clock} from '../../clock.ts';
import type {JwtAuthorizer} from '../../services/apigatewayv2/records.ts';
import {forbidden, refusal} from '../answers.ts';
import type {Exchange} from '../exchange.ts';
import {identityValues} from '../identity-values.ts';
import {type Jwk, openKeySets} from './key-sets.ts';
import type {Verdict} from './verdict.ts';

export type JwtAuthorizers = (authorizer: JwtAuthorizer, exchange: Exchange) => Promise<Verdict>;

type Claims = Readonly<Record<string, unknown>>;

/** Those that API Gateway takes: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
const algorithms: ReadonlyMap<unknown, string> = new Map([
  ['RS256', 'RSA-SHA256'],
  ['RS384', 'RSA-SHA384'],
  ['RS512', 'RSA-SHA512'],
]);

/** Checks tokens against the keys that their issuer publishes. */
export function openJwtAuthorizers(clock: Clock): JwtAuthorizers {
  const keyOf = openKeySets(clock);
  return async ({jwtConfiguration: {issuer, audience}, identitySource}, exchange) => {
    const deny = (error: 'invalid_token' | 'insufficient_scope' | undefined, description: string): Verdict => {
      exchange.error = description;
      return {refusal: challenge(exchange, error, description)};
    };
    const [value] = identityValues(identitySource, exchange);
    if (value === undefined) return deny(undefined, 'the request has no token');
    const token = readToken(value.replace(/^bearer\s+/i, ''));
    if (token === undefined) return deny('invalid_token', 'the token is not a JWT');
    const {alg} = token.header;
    const algorithm = algorithms.get(alg);
    if (algorithm === undefined) return deny('invalid_token', `unsupported signing algorithm ${JSON.stringify(alg)}`);
    const {claims} = token;
    if (claims.iss !== issuer) return deny('invalid_token', 'the token does not have a valid issuer');
    let key: Jwk | undefined;
    try {
      key = await keyOf(issuer, token.header.kid);
    } catch (error) {
      return deny('invalid_token', `the keys of ${issuer} cannot be read: ${(error as Error).message}`);
    }
    const publicKey = key && readKey(key);
    if (publicKey === undefined) return deny('invalid_token', 'signing key could not be found');
    if (!verify(algorithm, token.signed, publicKey, token.signature))
      return deny('invalid_token', 'the signature is not valid');
    const problem = claimProblem(claims, audience, clock.now() / 1000);
    if (problem !== undefined) return deny('invalid_token', problem);
    const scopes = scopesOf(claims);
    const wanted = exchange.route!.authorizationScopes ?? [];
    if (wanted.length > 0 && !wanted.some(scope => scopes.includes(scope)))
      return deny('insufficient_scope', 'the token does not have required scopes');
    return {authorization: {kind: 'jwt', claims, scopes: wanted.length > 0 ? scopes : null}};
  };
}

function challenge(exchange: Exchange, error: string | undefined, description: string) {
  const scope = (exchange.route!.authorizationScopes ?? []).join(' ');
  const parts = [
    scope === '' ? '' : `scope="${scope}"`,
    error === undefined ? '' : `error="${error}"`,
    error === undefined ? '' : `error_description="${description.replaceAll(/["\\]|[^ -~]/g, '')}"`,
  ].filter(part => part !== '');
  const headers = {'www-authenticate': ['Bearer', parts.join(', ')].join(' ').trim()};
  return error === 'insufficient_scope'
    ? {...forbidden, headers: {...forbidden.headers, ...headers}}
    : refusal(401, 'Unauthorized', headers);
}

function claimProblem(claims: Claims, audience: readonly string[], now: number): string | undefined {
  const audiences = [claims.aud ?? claims.client_id].flat();
  if (!audiences.some(one => typeof one === 'string' && audience.includes(one)))
    return 'the token does not have a valid audience';
  if (typeof claims.exp !== 'number') return 'the token has no expiry';
  if (claims.exp <= now) return 'the token has expired';
  if (typeof claims.nbf === 'number' && claims.nbf > now) return 'the token is not valid yet';
  if (typeof claims.iat === 'number' && claims.iat > now) return 'the token was issued in the future';
  return undefined;
}

function scopesOf({scope, scp}: Claims): string[] {
  const given = scope ?? scp;
  if (typeof given === 'string') return given.split(' ').filter(one => one !== '');
  return Array.isArray(given) ? given.map(String) : [];
}

function readToken(text: string) {
  const parts = text.split('.');
  if (parts.length !== 3) return undefined;
  const [header, claims, signature] = parts as [string, string, string];
  try {
    return {
      header: readPart(header) as {alg?: unknown; kid?: string},
      claims: readPart(claims),
      signed: Buffer.from(`${header}.${claims}`),
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return undefined;
  }
}

/** Throws where it holds no object. */
function readPart(text: string): Claims {
  const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
  if (!isObject(value)) throw new SyntaxError('it is no object');
  return value;
}

function readKey(jwk: Jwk): KeyObject | undefined {
  try {
    return createPublicKey({key: jwk, format: 'jwk'});
  } catch {
    return undefined;
  }
}
