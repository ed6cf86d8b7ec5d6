import type {Logger} from '@aws-lambda-powertools/logger';
import type {APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2} from 'aws-lambda';
import {answer} from '../../lib/answer.ts';
import type {RequestRow, RequestStatus} from '../../lib/request-row.ts';
import type {Secret} from '../../lib/secret.ts';
import {type Claims, Unauthorized, verifyToken} from '../../lib/token.ts';

export interface StatusDesk {
  readonly signingKey: Secret;
  readonly audience: string;
  read(requestId: string): Promise<RequestRow | undefined>;
  readonly logger: Logger;
}

/** Somebody else's request is answered like one that does not exist. */
export async function answerStatus(
  event: APIGatewayProxyEventV2,
  {signingKey, audience, read, logger}: StatusDesk,
): Promise<APIGatewayProxyStructuredResultV2> {
  let claims: Claims;
  try {
    const key = await signingKey.value();
    claims = verifyToken(event.headers.authorization, {key, audience, now: Date.now()});
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error;
    logger.warn('Question refused', {reason: error.message});
    return answer(401, {error: 'Unauthorized'}, {'www-authenticate': 'Bearer'});
  }
  const requestId = event.pathParameters?.id ?? '';
  const row = /^[\da-f-]{32,36}$/.test(requestId) ? await read(requestId) : undefined;
  if (row === undefined || row.subject !== claims.sub) return answer(404, {error: 'NotFound'});
  const {correlationId, createdAt, updatedAt, attempts, cause, result} = row;
  return answer(200, {
    requestId,
    status: statusAt(row, Date.now()),
    ...{correlationId, createdAt, updatedAt, attempts},
    ...(row.status === 'FAILED' && {cause}),
    ...(row.status === 'DONE' && {result}),
  });
}

/** Nobody may have looked at a request since its time ran out. */
function statusAt({status, expiresAt}: RequestRow, now: number): RequestStatus {
  const waits = status === 'PENDING' || status === 'PROCESSING';
  return waits && expiresAt <= now / 1000 ? 'EXPIRED' : status;
}
