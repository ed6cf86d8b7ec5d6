import type {Credentials} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Protocol} from '../operation.ts';
import {notImplemented, ServiceError} from '../service-error.ts';
import {authenticationError} from './authentication-error.ts';
import {readSignature, type Signature, signingTime} from './read-signature.ts';
import type {WireRequest} from './request.ts';
import {isSignedWith, sameText} from './sigv4.ts';

/** The signature of a request, read and with its scope checked; `kind` is the protocol to refuse in. */
export function signatureOf(request: WireRequest, kind: Protocol['kind']): Signature {
  const signature = readSignature(request);
  if (signature === undefined) throw authenticationError('anonymous', kind);
  if (signature === 'malformed') throw authenticationError('malformed', kind);
  if (signature === 'version 2') throw notImplemented('Signature Version 2; sign with Signature Version 4');
  return signature;
}

export interface AuthenticationOptions {
  readonly region: string;
  /** What the cloud's own credentials expire by: time that is put forward must not end those of a running function. */
  readonly clock: Clock;
  /** Of the machine: what clients sign by, wherever a test has moved the cloud's to. */
  readonly wallClock: Clock;
  readonly kind: Protocol['kind'];
  credentialsOf(accessKeyId: string): Credentials | undefined;
}

const allowedSkew = 15 * 60_000;

/** Whose request it is. Throws when key, token, time, region or signature are not right. */
export function authenticate(
  request: WireRequest,
  signature: Signature,
  payloadHash: string,
  {region, clock, wallClock, kind, credentialsOf}: AuthenticationOptions,
): Credentials {
  const credentials = credentialsOf(signature.accessKeyId);
  if (credentials === undefined) throw authenticationError('unknown key', kind);
  checkToken(credentials, signature, kind);
  if (credentials.expiresAt !== undefined && credentials.expiresAt <= clock.now())
    throw authenticationError('expired token', kind);
  checkTime(signature, wallClock.now(), kind);
  // Without the host among the signed headers a signature could be carried over to another server.
  if (!signature.signedHeaders.includes('host')) throw authenticationError('wrong signature', kind);
  if (!isSignedWith(credentials.secretAccessKey, request, signature, payloadHash))
    throw authenticationError('wrong signature', kind);
  if (kind === 'rest-xml') checkAllSigned(request, signature);
  checkRegion(signature, region, kind);
  return credentials;
}

function checkToken({sessionToken}: Credentials, signature: Signature, kind: Protocol['kind']): void {
  const sent = signature.sessionToken;
  if (sessionToken === undefined && sent === undefined) return;
  if (sessionToken === undefined || sent === undefined || !sameText(sessionToken, sent))
    throw authenticationError('wrong token', kind);
}

function checkTime({time, expires}: Signature, now: number, kind: Protocol['kind']): void {
  const signed = signingTime(time);
  if (expires !== undefined && now > signed + expires * 1000) throw authenticationError('expired url', kind);
  const tooEarly = now - signed > allowedSkew && expires === undefined;
  if (Number.isNaN(signed) || tooEarly || signed - now > allowedSkew) throw authenticationError('clock skew', kind);
}

/** S3 takes no header of its own that somebody on the way could have added. */
function checkAllSigned({headers}: WireRequest, {signedHeaders}: Signature): void {
  const added = Object.keys(headers).filter(name => name.startsWith('x-amz-') && !signedHeaders.includes(name));
  if (added.length === 0) return;
  throw new ServiceError('AccessDenied', 'There were headers present in the request which were not signed', {
    status: 403,
    members: {HeadersNotSigned: added.join(', ')},
  });
}

/** IAM and STS are global: their clients sign for us-east-1 wherever they are. */
const globalServices: readonly string[] = ['iam', 'sts'];

function checkRegion(signature: Signature, region: string, kind: Protocol['kind']): void {
  if (signature.region === region || globalServices.includes(signature.service)) return;
  const sentence = `the region '${signature.region}' is wrong; expecting '${region}', the one region of this gear local`;
  if (kind === 'rest-xml')
    throw new ServiceError('AuthorizationHeaderMalformed', `The authorization header is malformed; ${sentence}`, {
      members: {Region: region},
    });
  throw authenticationError('wrong signature', kind, `Credential should be scoped to a valid region: ${sentence}`);
}
