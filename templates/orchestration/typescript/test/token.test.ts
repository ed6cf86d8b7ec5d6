import {describe, expect, it} from 'vitest';
import {verifyToken} from '../src/lib/token.ts';
import {sign} from './requests.ts';

const verify = (authorization: string | undefined) =>
  verifyToken(authorization, {key: 'the key', audience: 'gear-service-name', now: Date.now()});

describe('a token', () => {
  it('that is signed with our key, for us and not too old, names its subject', () => {
    expect(verify(sign())).toMatchObject({sub: 'client-1'});
    expect(verify(sign({aud: ['others', 'gear-service-name']}))).toMatchObject({sub: 'client-1'});
  });

  it.each([
    ['is missing', undefined, 'There is no bearer token'],
    ['is no token', 'Bearer a.b', 'There is no bearer token'],
    ['is not JSON', 'Bearer a.b.c', 'cannot be read'],
    ['is signed with nothing', sign({}, {alg: 'none'}), 'not signed with HS256'],
    ['is signed with another key', sign({}, {key: 'another'}), 'with another key'],
    ['has expired', sign({exp: 1}), 'has expired'],
    ['never expires', sign({exp: null}), 'has expired'],
    ['is not valid yet', sign({nbf: Date.now() / 1000 + 60}), 'not valid yet'],
    ['is for others', sign({aud: 'others'}), 'meant for somebody else'],
    ['is for nobody', sign({aud: null}), 'meant for somebody else'],
    ['names nobody', sign({sub: ''}), 'names no subject'],
  ])('that %s is refused', (_, authorization, message) => {
    expect(() => verify(authorization)).toThrow(message);
  });

  it('whose claims were changed is refused', () => {
    const [header, , signature] = sign().split('.');
    const [, claims] = sign({sub: 'client-2'}).split('.');
    expect(() => verify(`${header}.${claims}.${signature}`)).toThrow('with another key');
  });
});
