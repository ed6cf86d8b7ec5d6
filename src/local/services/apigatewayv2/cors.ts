import {badRequest, checkRange} from './errors.ts';
import type {Cors} from './records.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*'];

export function checkCors(cors: Cors | undefined): void {
  if (cors === undefined) return;
  for (const method of cors.allowMethods ?? [])
    if (!methods.includes(method)) throw badRequest(`Invalid method ${method} in allowMethods`);
  for (const origin of cors.allowOrigins ?? [])
    if (!/^(\*|https?:\/\/(\*|[^/*\s]+)|[a-z][a-z0-9+.-]*:\/\/[^*\s]*)$/.test(origin))
      throw badRequest(`Invalid origin ${origin} in allowOrigins`);
  if (cors.allowCredentials === true && cors.allowOrigins?.includes('*'))
    throw badRequest('allowCredentials is not supported with a wildcard in allowOrigins');
  checkRange('maxAge', cors.maxAge, -1, 86_400);
}
