import type {Caller} from '../caller.ts';
import type {Disorder} from '../disorder.ts';
import {ServiceError} from '../service-error.ts';

/** Now and then a call that a function makes is throttled, in the words of the service; every SDK tries again. */
export function throttling(
  caller: Caller,
  service: string,
  operation: string,
  disorder: Disorder | undefined,
): ServiceError | undefined {
  if (disorder === undefined || caller.kind !== 'role') return undefined;
  // What Lambda does on behalf of the function, such as polling and writing logs, is not the function's to try again.
  if (caller.functionName === undefined || caller.onBehalf !== undefined) return undefined;
  if (!disorder.throttles(caller.functionName, `${service}:${operation}`)) return undefined;
  const {code, message, status = 400} = words[service] ?? {code: 'ThrottlingException', message: 'Rate exceeded'};
  return new ServiceError(code, message, {status});
}

const words: Readonly<Record<string, {readonly code: string; readonly message: string; readonly status?: number}>> = {
  cloudformation: {code: 'Throttling', message: 'Rate exceeded'},
  dynamodb: {
    code: 'ProvisionedThroughputExceededException',
    message:
      'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  },
  iam: {code: 'Throttling', message: 'Rate exceeded'},
  lambda: {code: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429},
  s3: {code: 'SlowDown', message: 'Please reduce your request rate.', status: 503},
  scheduler: {code: 'ThrottlingException', message: 'Rate exceeded', status: 429},
  sns: {code: 'Throttled', message: 'Rate exceeded', status: 429},
  sqs: {code: 'RequestThrottled', message: 'Request is throttled.', status: 403},
  sts: {code: 'Throttling', message: 'Rate exceeded'},
};
