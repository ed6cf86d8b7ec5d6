import {defined} from './changed.ts';
import {badRequest, checkRange} from './errors.ts';
import {authorizingFunction} from './function-uri.ts';
import {parseIdentitySource} from './identity-source.ts';
import type {AuthorizerRecord, JwtAuthorizer, LambdaAuthorizer} from './records.ts';

interface AuthorizerInput {
  readonly authorizerType?: string | undefined;
  readonly name?: string | undefined;
  readonly identitySource?: readonly string[] | undefined;
  readonly jwtConfiguration?:
    | {readonly issuer?: string | undefined; readonly audience?: readonly string[] | undefined}
    | undefined;
  readonly authorizerUri?: string | undefined;
  readonly authorizerPayloadFormatVersion?: string | undefined;
  readonly enableSimpleResponses?: boolean | undefined;
  readonly authorizerResultTtlInSeconds?: number | undefined;
}

/** The authorizer that an input describes, as a whole. */
export function authorizerOf(authorizerId: string, input: AuthorizerInput): AuthorizerRecord {
  const {name, authorizerType, identitySource = []} = input;
  if (name === undefined || name === '') throw badRequest('name is required');
  for (const source of identitySource) parseIdentitySource(source);
  if (authorizerType === 'JWT') return jwtAuthorizer({authorizerId, name, identitySource}, input);
  if (authorizerType === 'REQUEST') return lambdaAuthorizer({authorizerId, name, identitySource}, input);
  throw badRequest(`Invalid authorizerType ${authorizerType}: it must be JWT or REQUEST`);
}

/** An update says what differs; the rest stays. */
export function authorizerWith(before: AuthorizerRecord, input: AuthorizerInput): AuthorizerRecord {
  return authorizerOf(before.authorizerId, {...before, ...defined(input)});
}

type Named = Pick<AuthorizerRecord, 'authorizerId' | 'name' | 'identitySource'>;

function jwtAuthorizer(named: Named, input: AuthorizerInput): JwtAuthorizer {
  refuse(input, 'JWT', ['authorizerUri', 'authorizerPayloadFormatVersion', 'enableSimpleResponses']);
  const {issuer, audience = []} = input.jwtConfiguration ?? {};
  if (issuer === undefined) throw badRequest('A JWT authorizer needs jwtConfiguration.issuer');
  if (audience.length === 0) throw badRequest('A JWT authorizer needs jwtConfiguration.audience');
  checkIssuer(issuer);
  const [source] = named.identitySource;
  if (named.identitySource.length !== 1 || !/^\$request\.(header|querystring)\./.test(source!))
    throw badRequest(
      'A JWT authorizer needs exactly one identity source: $request.header.<name> or $request.querystring.<name>',
    );
  return {...named, authorizerType: 'JWT', jwtConfiguration: {issuer, audience}};
}

/** AWS wants https; an issuer on this machine cannot have a certificate that anybody trusts. */
function checkIssuer(issuer: string): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '');
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && loopback))
    throw badRequest(`Invalid issuer: ${issuer}. Issuer must be an https URL, or an http URL on this machine`);
}

function lambdaAuthorizer(named: Named, input: AuthorizerInput): LambdaAuthorizer {
  refuse(input, 'REQUEST', ['jwtConfiguration']);
  const {authorizerUri, authorizerPayloadFormatVersion: version, enableSimpleResponses = false} = input;
  if (authorizerUri === undefined) throw badRequest('A REQUEST authorizer needs authorizerUri');
  authorizingFunction(authorizerUri);
  if (version !== '1.0' && version !== '2.0')
    throw badRequest('A REQUEST authorizer needs authorizerPayloadFormatVersion: 1.0 or 2.0');
  if (enableSimpleResponses && version === '1.0')
    throw badRequest('EnableSimpleResponses flag is not supported for this payload format version');
  const anybody = named.identitySource.length === 0;
  const {authorizerResultTtlInSeconds = anybody ? 0 : 300} = input;
  checkRange('authorizerResultTtlInSeconds', authorizerResultTtlInSeconds, 0, 3600);
  if (anybody && authorizerResultTtlInSeconds > 0)
    throw badRequest('A REQUEST authorizer that caches its results needs at least one identity source');
  return {
    ...named,
    authorizerType: 'REQUEST',
    authorizerUri,
    authorizerPayloadFormatVersion: version,
    enableSimpleResponses,
    authorizerResultTtlInSeconds,
  };
}

function refuse(input: AuthorizerInput, type: string, members: readonly (keyof AuthorizerInput)[]): void {
  const stray = members.find(member => input[member] !== undefined);
  if (stray !== undefined) throw badRequest(`${stray} is not for authorizers of type ${type}`);
}
