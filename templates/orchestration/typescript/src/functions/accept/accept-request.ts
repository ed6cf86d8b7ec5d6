import {createHash, randomUUID} from 'node:crypto';
import type {Logger} from '@aws-lambda-powertools/logger';
import {type Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import type {APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2} from 'aws-lambda';
import {answer, correlationIdOf} from '../../lib/answer.ts';
import type {EncryptionContext, Envelope} from '../../lib/envelope.ts';
import {type Order, orderSchema} from '../../lib/order.ts';
import type {RequestRow} from '../../lib/request-row.ts';
import type {Secret} from '../../lib/secret.ts';
import {type Claims, Unauthorized, verifyToken} from '../../lib/token.ts';
import {problemsOf} from '../../lib/validate.ts';
import type {SavedRequest} from './save-request.ts';

export interface Acceptance {
  readonly signingKey: Secret;
  readonly audience: string;
  readonly service: string;
  /** How long a request may wait in the queue. */
  readonly timeToLiveSeconds: number;
  seal(payload: string, context: EncryptionContext): Promise<Envelope>;
  /** Saves the row and puts the request into the queue; answers what was saved before, if it was. */
  submit(row: RequestRow, envelope: Envelope): Promise<SavedRequest | undefined>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Nothing is saved, encrypted or queued before token and payload have been checked: poison stays outside the door. */
export async function acceptRequest(
  event: APIGatewayProxyEventV2,
  acceptance: Acceptance,
): Promise<APIGatewayProxyStructuredResultV2> {
  const {logger, metrics, audience, signingKey} = acceptance;
  const correlationId = correlationIdOf(event);
  const refuse = (statusCode: number, body: object, headers?: Record<string, string>) => {
    metrics.addMetric('RequestsRefused', MetricUnit.Count, 1);
    return answer(statusCode, body, {'x-correlation-id': correlationId, ...headers});
  };
  let claims: Claims;
  try {
    const key = await signingKey.value();
    claims = verifyToken(event.headers.authorization, {key, audience, now: Date.now()});
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error;
    logger.warn('Request refused', {correlationId, reason: error.message});
    return refuse(401, {error: 'Unauthorized'}, {'www-authenticate': 'Bearer'});
  }
  const {order, problems} = readOrder(event);
  const idempotencyKey = event.headers['idempotency-key'];
  if (idempotencyKey !== undefined && !/^[\x21-\x7E]{1,128}$/.test(idempotencyKey))
    problems.push('the header idempotency-key is not 1 to 128 visible characters');
  if (order === undefined || problems.length > 0) {
    logger.warn('Request refused', {correlationId, problems});
    return refuse(400, {error: 'BadRequest', problems});
  }
  const row = newRow(claims.sub, order, idempotencyKey, correlationId, acceptance);
  const {requestId} = row;
  const envelope = await acceptance.seal(JSON.stringify(order), {service: acceptance.service, requestId});
  const before = await acceptance.submit(row, envelope);
  if (before !== undefined && before.fingerprint !== row.fingerprint)
    return refuse(409, {error: 'Conflict', problems: ['the idempotency key belongs to another payload']});
  logger.info(before === undefined ? 'Request accepted' : 'Request accepted before', {correlationId, requestId});
  metrics.addMetric('RequestsAccepted', MetricUnit.Count, 1);
  return answer(
    202,
    {requestId, status: before?.status ?? row.status},
    {location: `/requests/${requestId}`, 'x-correlation-id': correlationId},
  );
}

function readOrder({body = '', isBase64Encoded}: APIGatewayProxyEventV2): {order?: Order; problems: string[]} {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  try {
    const value: unknown = JSON.parse(text);
    const problems = [...problemsOf(value, orderSchema)];
    return problems.length > 0 ? {problems} : {order: value as Order, problems};
  } catch {
    return {problems: ['the body is not JSON']};
  }
}

function newRow(
  subject: string,
  order: Order,
  idempotencyKey: string | undefined,
  correlationId: string,
  {timeToLiveSeconds}: Acceptance,
): RequestRow {
  const now = Date.now();
  const at = new Date(now).toISOString();
  // A repetition finds the row of the first time, because it has the same id.
  const requestId = idempotencyKey === undefined ? randomUUID() : hash([subject, idempotencyKey]).slice(0, 32);
  return {
    requestId,
    status: 'PENDING',
    subject,
    fingerprint: hash([requestId, order.customer, order.product, order.quantity, order.note ?? null]),
    correlationId,
    createdAt: at,
    updatedAt: at,
    expiresAt: Math.floor(now / 1000) + timeToLiveSeconds,
    attempts: 0,
  };
}

function hash(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
