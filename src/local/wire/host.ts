import {ServiceError} from '../service-error.ts';
import {header, type WireRequest} from './request.ts';

/**
 * Refuses what a web page could have sent: a name that was made to point at this machine (DNS rebinding) in Host,
 * or a page of another origin in Origin.
 */
export function checkSender(request: WireRequest, port: number): void {
  checkHost(header(request, 'host') ?? '', port);
  const origin = header(request, 'origin');
  if (origin !== undefined && !(origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), port)))
    throw new ServiceError('InvalidRequest', `gear local does not answer to pages of ${origin}`, {status: 403});
}

/** Refuses a name that is not this machine's own. */
export function checkHost(host: string, port: number): void {
  if (isOwnHost(host, port)) return;
  throw new ServiceError(
    'InvalidRequest',
    `gear local answers to http://127.0.0.1:${port} only, not to ${host === '' ? 'a request without a Host' : host}. ${
      host.endsWith(`:${port}`)
        ? 'Clients of S3 must use path style: forcePathStyle: true, or the endpoint http://127.0.0.1'
        : ''
    }`.trim(),
    {status: 403},
  );
}

function isOwnHost(host: string, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`;
}
