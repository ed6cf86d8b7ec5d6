import type {Protocol} from '../operation.ts';
import {ServiceError} from '../service-error.ts';

export type AuthenticationProblem =
  | 'anonymous'
  | 'malformed'
  | 'unknown key'
  | 'wrong token'
  | 'expired token'
  | 'wrong signature'
  | 'clock skew'
  | 'expired url';

/** The code and sentence with which AWS refuses a request it cannot trust; they differ by protocol. */
export function authenticationError(problem: AuthenticationProblem, kind: Protocol['kind'], detail?: string) {
  const [code, sentence, status] = refusals[problem][column[kind]]!;
  return new ServiceError(code, detail ?? sentence, {status: kind === 'json' ? 400 : status});
}

const column = {json: 0, 'rest-json': 0, query: 1, 'rest-xml': 2} as const;

type Refusal = readonly [code: string, message: string, status: number];

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalidToken = 'The security token included in the request is invalid.';
const expiredToken = 'The security token included in the request is expired';
const missingToken = 'Missing Authentication Token';
const skewed = 'Signature expired: the time of the request differs from the time of gear local by more than 15 minutes';

/** For each problem: JSON and REST-JSON, Query, S3. */
const refusals: Readonly<Record<AuthenticationProblem, readonly [Refusal, Refusal, Refusal]>> = {
  anonymous: [
    ['MissingAuthenticationTokenException', missingToken, 403],
    ['MissingAuthenticationToken', missingToken, 403],
    ['AccessDenied', 'Access Denied', 403],
  ],
  malformed: [
    ['IncompleteSignatureException', 'The Authorization header cannot be read', 403],
    ['IncompleteSignature', 'The Authorization header cannot be read', 400],
    ['AuthorizationHeaderMalformed', 'The authorization header is malformed', 400],
  ],
  'unknown key': [
    ['UnrecognizedClientException', invalidToken, 403],
    ['InvalidClientTokenId', invalidToken, 403],
    ['InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403],
  ],
  'wrong token': [
    ['UnrecognizedClientException', invalidToken, 403],
    ['InvalidClientTokenId', invalidToken, 403],
    ['InvalidToken', 'The provided token is malformed or otherwise invalid.', 400],
  ],
  'expired token': [
    ['ExpiredTokenException', expiredToken, 403],
    ['ExpiredToken', expiredToken, 403],
    ['ExpiredToken', 'The provided token has expired.', 400],
  ],
  'wrong signature': [
    ['InvalidSignatureException', mismatch, 403],
    ['SignatureDoesNotMatch', mismatch, 403],
    [
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      403,
    ],
  ],
  'clock skew': [
    ['InvalidSignatureException', skewed, 403],
    ['SignatureDoesNotMatch', skewed, 403],
    ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403],
  ],
  'expired url': [
    ['InvalidSignatureException', 'Signature expired', 403],
    ['RequestExpired', 'Request has expired.', 400],
    ['AccessDenied', 'Request has expired', 403],
  ],
};
