import {isUtf8} from 'node:buffer';
import type {ApiRequest} from '../http-api.ts';

/** Text goes into the event as it is, and everything else, forms too, as base64. */
export function bodyOf(
  {headers}: ApiRequest,
  body: Buffer | undefined,
): {readonly body?: string; readonly isBase64Encoded: boolean} {
  if (body === undefined || body.length === 0) return {isBase64Encoded: false};
  const isBase64Encoded = !(isText(headers['content-type']) && isUtf8(body));
  return {body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded};
}

function isText(contentType: string | undefined): boolean {
  return contentType === undefined || /^(text\/|application\/([\w.-]+\+)?(json|javascript|xml)\b)/i.test(contentType);
}
