import {isSignatureParameter} from './read-signature.ts';
import type {QueryParameter, WireRequest} from './request.ts';

/** A presigned URL may carry in its query what is a header otherwise, such as `x-amz-meta-till`: as a header again. */
export function withHoistedHeaders(request: WireRequest): WireRequest {
  const hoisted = request.query.filter(isHoisted);
  if (hoisted.length === 0) return request;
  const headers = hoisted.map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...request,
    query: request.query.filter(parameter => !isHoisted(parameter)),
    headers: {...request.headers, ...Object.fromEntries(headers)},
  };
}

function isHoisted([name]: QueryParameter): boolean {
  return /^x-amz-/i.test(name) && !isSignatureParameter(name);
}
