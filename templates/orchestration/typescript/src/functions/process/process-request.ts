import type {Logger} from '@aws-lambda-powertools/logger';
import {type Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import type {EncryptionContext, Envelope} from '../../lib/envelope.ts';
import {causeOf, Rejected} from '../../lib/failure.ts';
import type {Order} from '../../lib/order.ts';
import type {QueuedRequest} from '../../lib/request-row.ts';
import type {RequestTable} from './request-table.ts';
import {type LegacyOrder, transform} from './transform.ts';

export interface Processing {
  readonly service: string;
  readonly table: RequestTable;
  open(envelope: Envelope, context: EncryptionContext): Promise<string>;
  placeOrder(order: LegacyOrder, correlationId: string): Promise<Record<string, unknown>>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Brings a request to its end, once, however often it is delivered. Throws when another attempt may help: then it is
 * still in the queue.
 */
export async function processRequest(request: QueuedRequest, owner: string, processing: Processing): Promise<void> {
  const {requestId, correlationId, expiresAt} = request;
  const {service, table, logger, metrics} = processing;
  const ids = {requestId, correlationId};
  // Also the queue forgets what is too old, but only some time later.
  if (expiresAt <= Date.now() / 1000) {
    await table.end(requestId, {status: 'EXPIRED'});
    logger.warn('Request expired', ids);
    metrics.addMetric('RequestsExpired', MetricUnit.Count, 1);
    return;
  }
  const claim = await table.claim(requestId, owner);
  if (claim === 'ended') return logger.info('Request was at its end before', ids);
  if (claim !== 'claimed') throw new InOtherHands(requestId, claim.until);
  try {
    const order = JSON.parse(await processing.open(request.envelope, {service, requestId})) as Order;
    const result = await processing.placeOrder(transform(order, requestId), correlationId);
    await table.end(requestId, {status: 'DONE', result});
    logger.info('Request done', ids);
    metrics.addMetric('RequestsDone', MetricUnit.Count, 1);
  } catch (error) {
    const cause = causeOf(error);
    if (error instanceof Rejected) {
      await table.end(requestId, {status: 'FAILED', cause});
      logger.warn('Request rejected', {...ids, cause});
      metrics.addMetric('RequestsRejected', MetricUnit.Count, 1);
      return;
    }
    await table.release(requestId, owner, cause);
    logger.warn('Request left in its queue', {...ids, cause});
    metrics.addMetric('AttemptsFailed', MetricUnit.Count, 1);
    throw error;
  }
}

/** The queue may deliver twice: should the other invocation die, the request must still be there. */
export class InOtherHands extends Error {
  override readonly name = 'InOtherHands';
  /** In seconds since the epoch: before that it is of no use to try again. */
  readonly until: number;

  constructor(requestId: string, until: number) {
    super(`Another invocation is working on ${requestId}`);
    this.until = until;
  }
}
