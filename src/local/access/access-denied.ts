import type {Service} from '../operation.ts';
import {ServiceError} from '../service-error.ts';

/**
 * The code differs by protocol. SQS and CloudWatch speak JSON now, but keep the codes of the Query protocol that they
 * spoke before.
 */
export function accessDenied({name, protocol}: Service, message: string): ServiceError {
  if (name === 'sns') return new ServiceError('AuthorizationError', message, {status: 403});
  if (name === 'ec2') return new ServiceError('UnauthorizedOperation', message, {status: 403});
  const queryCodes =
    protocol.kind === 'query' || protocol.kind === 'rest-xml' || name === 'sqs' || name === 'cloudwatch';
  if (queryCodes) return new ServiceError('AccessDenied', message, {status: 403});
  return new ServiceError('AccessDeniedException', message, {status: protocol.kind === 'json' ? 400 : 403});
}
