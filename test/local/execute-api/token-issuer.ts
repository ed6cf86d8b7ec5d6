import {generateKeyPairSync, type KeyObject, sign} from 'node:crypto';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';

const {privateKey: issuerKey, publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
/** Nobody publishes it. */
export const {privateKey: otherKey} = generateKeyPairSync('rsa', {modulusLength: 2048});

/** Signs tokens, and publishes on loopback the key that they can be checked with. */
export interface TokenIssuer {
  readonly url: string;
  readonly server: Server;
  readonly requests: string[];
  token(claims: object, key?: KeyObject): string;
}

export async function startIssuer(): Promise<TokenIssuer> {
  const requests: string[] = [];
  const server = createServer(({url: path}, response) => {
    requests.push(path!);
    const keys = [{...publicKey.export({format: 'jwk'}), kid: 'one', alg: 'RS256', use: 'sig'}];
    response.end(JSON.stringify(path === '/keys' ? {keys} : {issuer: issuerUrl, jwks_uri: `${issuerUrl}/keys`}));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuerUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: issuerUrl,
    server,
    requests,
    token(claims, key = issuerKey) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const now = Math.floor(Date.now() / 1000);
      const signed = `${part({alg: 'RS256', kid: 'one'})}.${part({iss: issuerUrl, iat: now - 1, exp: now + 60, ...claims})}`;
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
    },
  };
}
