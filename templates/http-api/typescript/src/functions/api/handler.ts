import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics, MetricUnit} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context} from 'aws-lambda';
import {required} from '../../lib/environment.ts';
import {answer, problem} from './answers.ts';
import {getOrder, putOrder} from './order-table.ts';
import {NotAnOrder, readOrder} from './read-order.ts';

// What can be done once is done here, outside the handler: a warm invocation finds it ready.
const logger = new Logger();
const metrics = new Metrics();
const table = {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')};

/** What it throws, the API answers with 500 and nothing else. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  logger.addContext(context);
  const correlationId = correlationIdOf(event);
  const {routeKey} = event;
  const {requestId} = event.requestContext;
  try {
    const response = await respond(event, correlationId);
    logger.info('Request answered', {correlationId, requestId, routeKey, status: response.statusCode});
    metrics.addMetric(response.statusCode < 400 ? 'RequestsServed' : 'RequestsRefused', MetricUnit.Count, 1);
    return response;
  } catch (error) {
    logger.error('Request failed', {correlationId, requestId, routeKey, error: error as Error});
    throw error;
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

async function respond(event: APIGatewayProxyEventV2, correlationId: string) {
  const id = event.pathParameters?.id ?? '';
  if (event.routeKey === 'GET /orders/{id}') {
    const order = await getOrder(table, id);
    return order === undefined
      ? problem(404, {title: 'No such order', correlationId})
      : answer(200, order, correlationId);
  }
  try {
    const order = readOrder(id, event);
    const outcome = await putOrder(table, order, correlationId);
    return answer(outcome === 'created' ? 201 : 200, order, correlationId);
  } catch (error) {
    if (!(error instanceof NotAnOrder)) throw error;
    return problem(400, {title: 'Not an order', problems: error.problems, correlationId});
  }
}

/** The caller's, unless it could not stand in a log line or a header. */
function correlationIdOf({headers, requestContext}: APIGatewayProxyEventV2): string {
  const given = headers['x-correlation-id'];
  return given !== undefined && /^[\w.-]{1,128}$/.test(given) ? given : requestContext.requestId;
}
