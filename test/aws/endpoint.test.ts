import {expect, test} from 'vitest';
import {requireEndpoint} from '../../src/aws/endpoint.ts';

test.each(['nonsense', '127.0.0.1:4566', 'localhost:4566', 'ftp://a'])(
  'refuses the endpoint %s by its name',
  endpoint => {
    expect(() => requireEndpoint(endpoint, '--endpoint-url')).toThrow(
      `--endpoint-url ${endpoint} is not a URL of http or https`,
    );
    expect(() => requireEndpoint(endpoint, 'AWS_ENDPOINT_URL')).toThrow(`AWS_ENDPOINT_URL=${endpoint} is not`);
  },
);

test('takes a URL', () => {
  expect(() => requireEndpoint('http://127.0.0.1:4566', '--endpoint-url')).not.toThrow();
});
