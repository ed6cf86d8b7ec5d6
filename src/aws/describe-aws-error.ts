import {GearError} from '../errors.ts';
import {troubleOf} from './trouble.ts';

interface AwsError extends Error {
  readonly code?: string;
  readonly hostname?: string;
  readonly $metadata?: {readonly httpStatusCode?: number; readonly attempts?: number};
}

/**
 * What AWS or the SDK said, as something the user can act on. An error that came from neither is given back as it is.
 * `doing` completes "Could not ...": 'read the stack orders'.
 */
export function describeAwsError(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || error instanceof GearError) return error;
  const {name, message, code, hostname, $metadata} = error as AwsError;
  if (
    name === 'CredentialsProviderError' ||
    name === 'CredentialsError' ||
    message.includes('Could not load credentials')
  )
    return new GearError(`Could not ${doing}: no AWS credentials were found`, {
      code: 'NO_CREDENTIALS',
      suggestions: ['aws sso login, or set AWS_PROFILE, or pass --profile', '--local for the embedded AWS'],
      cause: error,
    });
  if (message === 'Region is missing')
    return new GearError(`Could not ${doing}: no region was given`, {
      code: 'NO_REGION',
      suggestions: ['--region eu-central-1', 'set AWS_REGION'],
      cause: error,
    });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new GearError(`Could not ${doing}: there is no host ${hostname ?? 'of that name'}`, {
      code: 'UNKNOWN_HOST',
      suggestions: ['check the region and the network'],
      cause: error,
    });
  if (code === 'ECONNREFUSED' || message.includes('ECONNREFUSED'))
    return new GearError(`Could not ${doing}: nothing answers at ${endpointOf(error)}`, {
      code: 'ENDPOINT_UNREACHABLE',
      suggestions: ['gear local status', 'check --endpoint-url and AWS_ENDPOINT_URL'],
      cause: error,
    });
  if (expired.has(name))
    return new GearError(`Could not ${doing}: the credentials were refused: ${message}`, {
      code: 'CREDENTIALS_REFUSED',
      suggestions: ['log in again, or pass --profile'],
      cause: error,
    });
  const trouble = describeTrouble(error);
  if (trouble !== undefined) {
    const {said, ...options} = trouble;
    return new GearError(`Could not ${doing}: ${said}`, {...options, cause: error});
  }
  if ($metadata !== undefined)
    return new GearError(`Could not ${doing}: ${name}: ${message}`, {code: 'AWS_ERROR', cause: error});
  return error;
}

/** `connect ECONNREFUSED 127.0.0.1:9`; several addresses come as an AggregateError with no message of its own. */
function endpointOf(error: Error): string {
  const {errors = []} = error as {errors?: readonly Error[]};
  const [, address] = /ECONNREFUSED (\S+)/.exec([error, ...errors].map(({message}) => message).join(' ')) ?? [];
  return address ?? 'the endpoint';
}

/** What may well go right another time; all of it was tried several times. */
function describeTrouble(error: AwsError) {
  const {message, $metadata} = error;
  const {attempts = 1, httpStatusCode} = $metadata ?? {};
  const tried = attempts > 1 ? `, ${attempts} times` : '';
  switch (troubleOf(error)) {
    case 'no-answer':
      return {
        said: `nothing answered within ${patienceIn(message)}${tried}`,
        code: 'NO_ANSWER',
        suggestions: ['check the network, and the endpoint if one is set', again],
      };
    case 'connection-lost':
      return {
        said: `the connection was lost${tried}`,
        code: 'CONNECTION_LOST',
        suggestions: ['check the network', again],
      };
    case 'throttled':
      return {
        said: `AWS throttles${tried}: ${message}`,
        code: 'THROTTLED',
        suggestions: [`${again} in some minutes: others in the account ask at the same time`],
      };
    case 'unavailable':
      return {
        said: `the service answers ${httpStatusCode ?? 'that it is not available'}${tried}${/^Unknown/.test(message) ? '' : `: ${message}`}`,
        code: 'AWS_UNAVAILABLE',
        suggestions: [again, 'health.aws.amazon.com says when it is known'],
      };
    default:
      return undefined;
  }
}

/** The SDK says it in milliseconds: `... timed out after 30000 ms of inactivity`. */
function patienceIn(message: string): string {
  const [, milliseconds] = /(\d+) ms/.exec(message) ?? [];
  return milliseconds === undefined ? 'the time for it' : `${Number(milliseconds) / 1000} s`;
}

const again = 'the same command again';

const expired = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
]);
