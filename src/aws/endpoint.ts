import {GearError} from '../errors.ts';

/** The SDK fails on an endpoint that is no URL with a TypeError, and does not say where it was named. */
export function requireEndpoint(endpoint: string, source: '--endpoint-url' | 'AWS_ENDPOINT_URL'): void {
  if (/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) return;
  const given = source === 'AWS_ENDPOINT_URL' ? `AWS_ENDPOINT_URL=${endpoint}` : `--endpoint-url ${endpoint}`;
  throw new GearError(`${given} is not a URL of http or https`, {
    code: 'USAGE',
    suggestions: [source === 'AWS_ENDPOINT_URL' ? 'unset AWS_ENDPOINT_URL' : '--endpoint-url http://127.0.0.1:4566'],
  });
}
