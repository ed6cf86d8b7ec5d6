import {ServiceError} from '../../service-error.ts';
import {authorizingFunction} from '../../services/apigatewayv2/function-uri.ts';
import type {LambdaAuthorizer} from '../../services/apigatewayv2/records.ts';
import type {ApiGatewayStore} from '../../services/apigatewayv2/store.ts';
import {forbidden, internalServerError, unauthorized} from '../answers.ts';
import {callFunction, describeFailedCall, type FunctionCaller} from '../call-function.ts';
import {contextV1, requestPartV1} from '../event-v1.ts';
import {contextV2, type EventPlace, requestPartV2} from '../event-v2.ts';
import type {Exchange} from '../exchange.ts';
import {identityValues} from '../identity-values.ts';
import {sourceOf} from '../integrate.ts';
import {readPolicyAnswer, readSimpleAnswer} from './lambda-answer.ts';
import type {Verdict} from './verdict.ts';

export type LambdaAuthorizers = (authorizer: LambdaAuthorizer, exchange: Exchange) => Promise<Verdict>;

interface LambdaAuthorizerOptions extends FunctionCaller {
  readonly store: ApiGatewayStore;
  readonly placeOf: (apiId: string) => EventPlace;
}

/** API Gateway waits no longer for an authorizer. */
const timeout = 10_000;

/** Asks a function, or remembers what it has said of the same identity. */
export function openLambdaAuthorizers(options: LambdaAuthorizerOptions): LambdaAuthorizers {
  const {store, account, region} = options;
  return async (authorizer, exchange) => {
    const {request, stage} = exchange;
    const found = identityValues(authorizer.identitySource, exchange);
    const identity = found.filter(value => value !== undefined);
    if (identity.length < found.length) {
      exchange.error = 'the request does not have every identity source';
      return {refusal: unauthorized};
    }
    const stageKey = `${request.apiId}/${stage.stageName}`;
    const routeArn = `arn:aws:execute-api:${region}:${account}:${stageKey}/${routePath(exchange)}`;
    let answer = store.authorizerResults.get(stageKey, authorizer, identity);
    if (answer === undefined) {
      answer = await ask(authorizer, exchange, identity, routeArn, options);
      if (answer === undefined) return {refusal: internalServerError};
    }
    const read = authorizer.enableSimpleResponses
      ? readSimpleAnswer(answer)
      : readPolicyAnswer(answer, {routeArn, account, region});
    if (read === undefined) {
      exchange.error = `The answer of the authorizer ${authorizer.name} is malformed`;
      return {refusal: internalServerError};
    }
    store.authorizerResults.set(stageKey, authorizer, identity, answer);
    if (!read.allowed) {
      exchange.error = `The authorizer ${authorizer.name} does not let the request through`;
      return {refusal: forbidden};
    }
    return {authorization: {kind: 'lambda', ...read.authorization}};
  };
}

/** Undefined when there was none; why stands in the exchange. */
async function ask(
  authorizer: LambdaAuthorizer,
  exchange: Exchange,
  identity: readonly string[],
  routeArn: string,
  options: LambdaAuthorizerOptions,
): Promise<unknown> {
  const {request, stage} = exchange;
  const place = options.placeOf(request.apiId);
  const event =
    authorizer.authorizerPayloadFormatVersion === '2.0'
      ? {
          version: '2.0',
          type: 'REQUEST',
          routeArn,
          identitySource: identity.length === 0 ? null : identity,
          routeKey: exchange.route!.routeKey,
          ...requestPartV2(exchange),
          requestContext: contextV2(exchange, place),
        }
      : {
          version: '1.0',
          type: 'REQUEST',
          methodArn: routeArn,
          identitySource: identity.join(','),
          authorizationToken: identity.join(','),
          ...requestPartV1(exchange),
          requestContext: contextV1(exchange, place),
        };
  const refuse = (why: string): undefined => {
    exchange.error = `The authorizer ${authorizer.name} failed: ${why}`;
    return undefined;
  };
  const call = {
    functionArn: authorizingFunction(authorizer.authorizerUri),
    source: `${request.apiId}/authorizers/${authorizer.authorizerId}`,
    event,
    stage,
    requestId: request.id,
    timeout,
  };
  try {
    const result = await callFunction(call, options);
    if (result === 'timeout') return refuse(`it did not answer within ${timeout} ms`);
    const text = Buffer.from(result.payload).toString();
    return result.functionError === undefined ? (JSON.parse(text) as unknown) : refuse(text.slice(0, 200));
  } catch (error) {
    if (error instanceof ServiceError) return refuse(describeFailedCall(error, call.source, options));
    if (error instanceof SyntaxError) return refuse(error.message);
    throw error;
  }
}

/** `GET/orders/1`: the path that was sent, which policies of authorizers speak of. */
function routePath({request, target, route}: Exchange): string {
  return route!.routeKey === '$default'
    ? sourceOf('$default', request.method)
    : `${request.method}/${target.segments.join('/')}`;
}
