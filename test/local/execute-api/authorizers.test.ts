import type {KeyObject} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
  type ApiCloud,
  api,
  functionResources,
  getAtt,
  integration,
  permission,
  ref,
  route,
  stage,
  startApiCloud,
  sub,
} from './fixture.ts';
import {otherKey, startIssuer, type TokenIssuer} from './token-issuer.ts';

const echo = 'exports.handler = async ({requestContext}) => ({authorizer: requestContext.authorizer ?? null});';
/** Counts its calls, and lets whoever says "open" through. */
const simple = `let calls = 0;
exports.handler = async event => {
  if (event.identitySource[0] === 'broken') throw new Error('no');
  if (event.identitySource[0] === 'odd') return {allowed: true};
  return {isAuthorized: event.identitySource[0] === 'open', context: {calls: ++calls, type: event.type, routeArn: event.routeArn}};
};`;
const byPolicy = `exports.handler = async event => ({
  principalId: 'clerk',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn.replace(/GET.*/, 'GET/policy/mine')}],
  },
  context: {token: event.authorizationToken},
});`;

const uri = (name: string) =>
  sub(`arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`);
const authorizer = (properties: object) => ({
  Type: 'AWS::ApiGatewayV2::Authorizer',
  Properties: {ApiId: ref('Api'), ...properties},
});

let server: ApiCloud;
let issuer: TokenIssuer;
let url: string;

beforeAll(async () => {
  issuer = await startIssuer();
  server = await startApiCloud();
  const jwt = {AuthorizationType: 'JWT', AuthorizerId: ref('Jwt')};
  const outputs = await server.deploy({
    Resources: {
      ...functionResources('Echo', echo),
      ...functionResources('Simple', simple),
      ...functionResources('Policy', byPolicy),
      Api: api(),
      Stage: stage(),
      Integration: integration(getAtt('Echo', 'Arn')),
      Jwt: authorizer({
        AuthorizerType: 'JWT',
        Name: 'tokens',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: {Issuer: issuer.url, Audience: ['orders']},
      }),
      Lambda: authorizer({
        AuthorizerType: 'REQUEST',
        Name: 'simple',
        IdentitySource: ['$request.header.x-key'],
        AuthorizerUri: uri('Simple'),
        AuthorizerPayloadFormatVersion: '2.0',
        EnableSimpleResponses: true,
        AuthorizerResultTtlInSeconds: 60,
      }),
      Policies: authorizer({
        AuthorizerType: 'REQUEST',
        Name: 'policies',
        IdentitySource: ['$request.querystring.key'],
        AuthorizerUri: uri('Policy'),
        AuthorizerPayloadFormatVersion: '1.0',
        AuthorizerResultTtlInSeconds: 0,
      }),
      Unpermitted: authorizer({
        AuthorizerType: 'REQUEST',
        Name: 'unpermitted',
        AuthorizerUri: uri('Policy'),
        AuthorizerPayloadFormatVersion: '2.0',
      }),
      Open: route('GET /open', 'Integration'),
      Claims: route('GET /claims', 'Integration', jwt),
      Scoped: route('GET /scoped', 'Integration', {...jwt, AuthorizationScopes: ['orders/write', 'orders/all']}),
      Custom: route('GET /custom', 'Integration', {AuthorizationType: 'CUSTOM', AuthorizerId: ref('Lambda')}),
      Mine: route('GET /policy/{who}', 'Integration', {AuthorizationType: 'CUSTOM', AuthorizerId: ref('Policies')}),
      Never: route('GET /never', 'Integration', {AuthorizationType: 'CUSTOM', AuthorizerId: ref('Unpermitted')}),
      May: permission(ref('Echo'), '*/GET/*'),
      MayAsk: permission(ref('Simple'), `authorizers/\${Lambda}`),
      MayAskPolicy: permission(ref('Policy'), `authorizers/\${Policies}`),
    },
    Outputs: {Url: {Value: getAtt('Api', 'ApiEndpoint')}},
  });
  url = outputs.Url!;
});
afterAll(async () => {
  await server.cloud.close();
  issuer.server.close();
});

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, {headers});
  return {
    status: response.status,
    body: (await response.json()) as Record<string, never>,
    challenge: response.headers.get('www-authenticate'),
  };
}

it('a route without an authorizer is open', async () => {
  expect(await get('/open')).toMatchObject({status: 200, body: {authorizer: null}});
});

describe('a JWT authorizer', () => {
  const bearer = (claims: object, key?: KeyObject) => ({authorization: `Bearer ${issuer.token(claims, key)}`});

  const parts = (...values: unknown[]) =>
    [...values, 'x'].map(value => Buffer.from(JSON.stringify(value)).toString('base64url')).join('.');
  const raw = (header: object) => ({authorization: `Bearer ${parts(header, {iss: issuer.url})}`});

  it('hands the claims to the function, as text', async () => {
    const claims = {sub: 'anna', aud: ['orders', 'other'], admin: true, scope: 'orders/read'};
    expect(await get('/claims', bearer(claims))).toMatchObject({
      status: 200,
      body: {
        authorizer: {
          jwt: {
            claims: {sub: 'anna', iss: issuer.url, aud: '[orders other]', admin: 'true', scope: 'orders/read'},
            scopes: null,
          },
        },
      },
    });
  });

  it('reads the keys of its issuer once', async () => {
    await get('/claims', bearer({aud: 'orders'}));
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it.each<[string, () => Record<string, string>, string]>([
    ['no token', () => ({}), 'Bearer'],
    ['something else', () => ({authorization: 'Bearer abc'}), 'the token is not a JWT'],
    ['parts that hold no object', () => ({authorization: `Bearer ${parts(null, null)}`}), 'the token is not a JWT'],
    ['an algorithm of another kind', () => raw({alg: 'HS256'}), 'unsupported signing algorithm HS256'],
    ['an algorithm that every object has', () => raw({alg: 'constructor'}), 'unsupported signing algorithm'],
    ['an algorithm that no header can hold', () => raw({alg: 'é\n'}), 'unsupported signing algorithm'],
    ['another audience', () => bearer({aud: 'shop'}), 'valid audience'],
    ['another issuer', () => bearer({aud: 'orders', iss: 'https://other.example'}), 'valid issuer'],
    ['an expired token', () => bearer({aud: 'orders', exp: 1000}), 'the token has expired'],
    ['a token from the future', () => bearer({aud: 'orders', nbf: 9_999_999_999}), 'not valid yet'],
    ['a forged signature', () => bearer({aud: 'orders'}, otherKey), 'the signature is not valid'],
  ])('answers 401 to %s', async (_, headers, challenge) => {
    const answer = await get('/claims', headers());
    expect(answer).toMatchObject({status: 401, body: {message: 'Unauthorized'}});
    expect(answer.challenge).toContain(challenge);
  });

  it('wants one of the scopes of the route', async () => {
    expect(await get('/scoped', bearer({aud: 'orders', scope: 'orders/read'}))).toEqual({
      status: 403,
      body: {message: 'Forbidden'},
      challenge:
        'Bearer scope="orders/write orders/all", error="insufficient_scope", error_description="the token does not have required scopes"',
    });
    expect(await get('/scoped', bearer({client_id: 'orders', scope: 'orders/read orders/all'}))).toMatchObject({
      status: 200,
      body: {authorizer: {jwt: {scopes: ['orders/read', 'orders/all']}}},
    });
  });
});

describe('a Lambda authorizer', () => {
  it('lets through, with its context, and is not asked again in its time', async () => {
    const first = await get('/custom', {'x-key': 'open'});
    expect(first.body).toMatchObject({
      authorizer: {
        lambda: {
          calls: 1,
          type: 'REQUEST',
          routeArn: expect.stringMatching(/^arn:aws:execute-api:us-east-1:000000000000:\w+\/\$default\/GET\/custom$/),
        },
      },
    });
    expect(await get('/custom', {'x-key': 'open'})).toEqual(first);
  });

  it.each([
    ['no identity', {}, 401, 'Unauthorized'],
    ['an identity that it refuses', {'x-key': 'closed'}, 403, 'Forbidden'],
    ['a failure of its own', {'x-key': 'broken'}, 500, 'Internal Server Error'],
    ['an answer in another form', {'x-key': 'odd'}, 500, 'Internal Server Error'],
  ])('with %s', async (_, headers, status, message) => {
    expect(await get('/custom', headers as Record<string, string>)).toMatchObject({status, body: {message}});
  });

  it('may answer with a policy for the very path', async () => {
    expect(await get('/policy/mine?key=secret')).toMatchObject({
      status: 200,
      body: {authorizer: {lambda: {token: 'secret'}}},
    });
    expect((await get('/policy/theirs?key=secret')).status).toBe(403);
  });

  it('is held to the policy of its function', async () => {
    expect((await get('/never')).status).toBe(500);
    expect(server.warnings.at(-1)).toMatch(
      /unpermitted failed: .*aws:SourceArn is arn:aws:execute-api:.*\/authorizers\/\w+$/,
    );
  });
});
