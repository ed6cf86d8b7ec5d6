import {describe, expect, test} from 'vitest';
import {describeAwsError} from '../../src/aws/describe-aws-error.ts';
import {GearError} from '../../src/errors.ts';

const error = (members: object, message = 'm') => Object.assign(new Error(message), members);

describe('describeAwsError', () => {
  test.each([
    ['no credentials', error({name: 'CredentialsProviderError'}), 'NO_CREDENTIALS', 'no AWS credentials were found'],
    ['no region', error({}, 'Region is missing'), 'NO_REGION', 'no region was given'],
    [
      'a region that does not exist',
      error({code: 'ENOTFOUND', hostname: 'sts.mars-1.amazonaws.com'}),
      'UNKNOWN_HOST',
      'sts.mars-1',
    ],
    ['nothing at the endpoint', error({code: 'ECONNREFUSED'}), 'ENDPOINT_UNREACHABLE', 'nothing answers'],
    [
      'an expired token',
      error({name: 'ExpiredToken', $metadata: {httpStatusCode: 403}}),
      'CREDENTIALS_REFUSED',
      'refused',
    ],
    [
      'throttling',
      error({name: 'Throttling', $metadata: {httpStatusCode: 400, attempts: 8}}, 'Rate exceeded'),
      'THROTTLED',
      'AWS throttles, 8 times: Rate exceeded',
    ],
    [
      'a lost connection',
      error({code: 'ECONNRESET', $metadata: {attempts: 8}}, 'socket hang up'),
      'CONNECTION_LOST',
      'the connection was lost, 8 times',
    ],
    [
      'a service that is ill',
      error({name: 'ServiceUnavailable', $metadata: {httpStatusCode: 503, attempts: 8}}, 'Slow down.'),
      'AWS_UNAVAILABLE',
      'the service answers 503, 8 times',
    ],
    [
      'what an endpoint does not implement',
      error({name: 'NotImplemented', $metadata: {httpStatusCode: 501}}, 'gear local does not implement GetX'),
      'AWS_ERROR',
      'NotImplemented: gear local does not implement GetX',
    ],
    [
      'another answer of AWS',
      error({name: 'AccessDenied', $metadata: {httpStatusCode: 403}}, 'not you'),
      'AWS_ERROR',
      'AccessDenied: not you',
    ],
  ])('%s', (_, cause, code, message) => {
    const described = describeAwsError(cause, 'read the stack orders');
    expect(described).toBeInstanceOf(GearError);
    expect(described).toMatchObject({code, message: expect.stringContaining(message), cause});
    expect((described as Error).message).toMatch(/^Could not read the stack orders: /);
  });

  test('leaves a bug a bug', () => {
    const bug = new TypeError('x is not a function');
    expect(describeAwsError(bug, 'read')).toBe(bug);
  });
});
