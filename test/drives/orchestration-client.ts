import {createHmac} from 'node:crypto';
import {expect} from 'vitest';
import type {Clients} from '../e2e/service.ts';

export interface Status {
  readonly code: number;
  readonly status?: string;
  readonly attempts?: number;
}

/** A client of the orchestration service, with a token of its own. */
export async function orchestrationClient(
  {secrets}: Pick<Clients, 'secrets'>,
  {ApiUrl, SigningKeyArn}: Readonly<Record<string, string>>,
  name = 'client-1',
) {
  const {SecretString = ''} = await secrets.getSecretValue({SecretId: SigningKeyArn!});
  const token = sign(name, SecretString);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${ApiUrl}/requests`, {
      method: 'POST',
      headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    post,
    /** The request's id, when it is accepted. */
    async accepted(body: unknown, headers: Record<string, string> = {}): Promise<string> {
      const response = await post(body, headers);
      const answer = (await response.json()) as {requestId: string};
      expect({status: response.status, location: response.headers.get('location')}).toEqual({
        status: 202,
        location: `/requests/${answer.requestId}`,
      });
      return answer.requestId;
    },
    async status(requestId: string, authorization = `Bearer ${token}`): Promise<Status> {
      const response = await fetch(`${ApiUrl}/requests/${requestId}`, {headers: {authorization}});
      return {code: response.status, ...((await response.json()) as object)};
    },
  };
}

export type OrchestrationClient = Awaited<ReturnType<typeof orchestrationClient>>;

/** What the legacy system does with it is said in its note. */
export function order(note?: string) {
  return {customer: 'ACME-1', product: 'sim-card', quantity: 2, ...(note ? {note} : {})};
}

/** A token that is good for an hour, when the key is the service's. */
export function sign(client: string, key: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {sub: client, aud: 'orders', exp: Date.now() / 1000 + 3600};
  const signed = `${part({alg: 'HS256', typ: 'JWT'})}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
