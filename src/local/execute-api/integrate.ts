import type {ApiAnswer} from '../http-api.ts';
import {ServiceError} from '../service-error.ts';
import {integratedFunction} from '../services/apigatewayv2/function-uri.ts';
import {internalServerError, serviceUnavailable, tooLarge} from './answers.ts';
import {callFunction, describeFailedCall, type FunctionCaller} from './call-function.ts';
import {eventV1} from './event-v1.ts';
import {type EventPlace, eventV2} from './event-v2.ts';
import type {Exchange} from './exchange.ts';
import {functionAnswer} from './function-answer.ts';

/** Hands the request to the function of its route and makes an answer of what comes back. */
export async function integrate(exchange: Exchange, place: EventPlace, caller: FunctionCaller): Promise<ApiAnswer> {
  const {request, stage, snapshot} = exchange;
  const route = exchange.route!;
  const integrationId = route.target?.slice('integrations/'.length);
  const integration = snapshot.integrations.find(candidate => candidate.integrationId === integrationId);
  if (integration === undefined) {
    exchange.error = `The route ${route.routeKey} has no integration`;
    return internalServerError;
  }
  const {payloadFormatVersion: format, timeoutInMillis: timeout} = integration;
  const functionArn = integratedFunction(integration.integrationUri);
  const event = format === '2.0' ? eventV2(exchange, place) : eventV1(exchange, place);
  const source = `${request.apiId}/${stage.stageName}/${sourceOf(route.routeKey, request.method)}`;
  const began = caller.clock.now();
  try {
    const result = await callFunction({functionArn, source, event, stage, requestId: request.id, timeout}, caller);
    if (result === 'timeout') {
      exchange.error = `The function did not answer within ${timeout} ms`;
      return serviceUnavailable;
    }
    exchange.integrationStatus = 200;
    const answer = result.functionError === undefined ? functionAnswer(result.payload, format) : undefined;
    if (answer !== undefined) return answer;
    exchange.error =
      result.functionError === undefined
        ? `The response from the Lambda function is malformed: ${Buffer.from(result.payload).toString().slice(0, 200)}`
        : `The function failed (${result.functionError}): ${Buffer.from(result.payload).toString().slice(0, 200)}`;
    return internalServerError;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    exchange.integrationStatus = error.status;
    exchange.error = describeFailedCall(error, source, caller);
    if (error.code === 'TooManyRequestsException') return serviceUnavailable;
    return error.status === 413 ? tooLarge : internalServerError;
  } finally {
    exchange.integrationLatency = Math.round(caller.clock.now() - began);
  }
}

/** `POST/orders/{id}`: the route's path, with the method that was sent. */
export function sourceOf(routeKey: string, method: string): string {
  return routeKey === '$default' ? routeKey : `${method}${routeKey.slice(routeKey.indexOf(' ') + 1)}`;
}
