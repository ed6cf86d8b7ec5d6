import {Rejected, Unavailable} from '../../lib/failure.ts';
import type {Secret} from '../../lib/secret.ts';
import type {LegacyOrder} from './transform.ts';

export interface LegacySystem {
  readonly url: string;
  /** `{"username": ..., "password": ...}` */
  readonly credentials: Secret;
  readonly timeoutMilliseconds: number;
}

/**
 * Places an order. The reference goes along as idempotency key, because an order whose answer was lost is placed again.
 */
export async function placeOrder(
  {url, credentials, timeoutMilliseconds}: LegacySystem,
  order: LegacyOrder,
  correlationId: string,
): Promise<Record<string, unknown>> {
  const {username, password} = JSON.parse(await credentials.value()) as Record<string, string>;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': order.EXT_REF,
        'x-correlation-id': correlationId,
      },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    body = await response.text();
  } catch (cause) {
    throw new Unavailable('The legacy system does not answer', {cause});
  }
  if (response.ok) return answerOf(body);
  // The password may have been changed since it was read.
  if (response.status === 401 || response.status === 403) credentials.forget();
  const sentence = `The legacy system answers ${response.status}: ${body.slice(0, 200)}`;
  throw mayPass(response.status) ? new Unavailable(sentence) : new Rejected(sentence);
}

/** Any other 4xx says that the order itself is wrong. */
function mayPass(status: number): boolean {
  return status >= 500 || [401, 403, 408, 425, 429].includes(status);
}

function answerOf(body: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw new Unavailable('The legacy system answers something that is not a JSON object');
}
