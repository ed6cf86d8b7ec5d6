import type {ApiAnswer} from '../http-api.ts';

/** API Gateway's own words, as it sends them. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return {
    status,
    headers: {'content-type': 'application/json', ...headers},
    body: JSON.stringify({message}),
  };
}

export const notFound = refusal(404, 'Not Found');
export const forbidden = refusal(403, 'Forbidden');
export const unauthorized = refusal(401, 'Unauthorized');
export const tooLarge = refusal(413, 'Request Entity Too Large');
export const tooManyRequests = refusal(429, 'Too Many Requests');
export const internalServerError = refusal(500, 'Internal Server Error');
export const serviceUnavailable = refusal(503, 'Service Unavailable');
