import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import {type AnswerApi, type ApiAnswer, type ApiRequest, apiHost} from '../http-api.ts';
import type {Snapshot} from '../services/apigatewayv2/records.ts';
import type {ApiGatewayStore} from '../services/apigatewayv2/store.ts';
import {accessLogLine} from './access-log.ts';
import {internalServerError, notFound, tooLarge, tooManyRequests} from './answers.ts';
import {authorizeRoute} from './authorizers/authorize.ts';
import {openJwtAuthorizers} from './authorizers/jwt.ts';
import {openLambdaAuthorizers} from './authorizers/lambda.ts';
import {preflight, withCors} from './cors.ts';
import type {EventPlace} from './event-v2.ts';
import type {Exchange} from './exchange.ts';
import {findStage} from './find-stage.ts';
import {integrate} from './integrate.ts';
import {readTarget} from './request-target.ts';
import {type FoundRoute, routeTable} from './route-table.ts';
import {openThrottle, settingsOf} from './throttle.ts';

export interface ExecuteApiOptions {
  readonly store: ApiGatewayStore;
  readonly access: Access;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly endpoint: () => string;
  readonly onMetrics: (metrics: ApiMetrics) => void;
  /** A line for the log group of that ARN. */
  readonly onAccessLog: (logGroupArn: string, stream: string, line: string) => void;
  /** Why a request was answered with 5xx: its client is not told. */
  readonly onWarning: (warning: string) => void;
}

/** One request, as API Gateway measures it. */
export interface ApiMetrics {
  readonly apiId: string;
  readonly stage: string;
  /** With detailed metrics of the route. */
  readonly route?: {readonly method: string; readonly resource: string};
  readonly status: number;
  readonly latency: number;
  readonly integrationLatency?: number;
  readonly bytes: number;
}

const largestBody = 10 * 1024 * 1024;

/** Answers the requests that clients send to HTTP APIs, as the deployments of their stages say. */
export function openExecuteApi(options: ExecuteApiOptions): AnswerApi {
  const {store, clock, account, endpoint} = options;
  const fits = openThrottle(clock);
  const placeOf = (apiId: string): EventPlace => ({account, domainName: apiHost(apiId, endpoint())});
  const authorizers = {jwt: openJwtAuthorizers(clock), lambda: openLambdaAuthorizers({...options, placeOf})};
  const tables = new WeakMap<Snapshot, ReturnType<typeof routeTable>>();

  const findRoute = ({request, snapshot, target}: Exchange): FoundRoute | undefined => {
    let table = tables.get(snapshot);
    if (table === undefined) {
      table = routeTable(snapshot.routes);
      tables.set(snapshot, table);
    }
    return table(request.method, target.segments);
  };

  async function answer(exchange: Exchange): Promise<ApiAnswer> {
    const {request, stage} = exchange;
    const found = findRoute(exchange);
    if (found === undefined) return notFound;
    exchange.route = found.route;
    exchange.pathParameters = found.pathParameters;
    if (!fits(request.apiId, stage, found.route.routeKey)) return tooManyRequests;
    const body = await request.body(largestBody);
    if (body === undefined) return tooLarge;
    exchange.body = body;
    const verdict = await authorizeRoute(exchange, authorizers);
    if (verdict !== undefined) {
      if ('refusal' in verdict) return verdict.refusal;
      exchange.authorization = verdict.authorization;
    }
    return integrate(exchange, placeOf(request.apiId), options);
  }

  return async request => {
    const found = findStage(request, store);
    if (found === undefined) return withRequestId(notFound, request);
    const {stage, deployment} = found;
    const target = readTarget(request, stage.stageName);
    const exchange: Exchange = {request, stage, snapshot: deployment.snapshot, target, time: clock.now()};
    let answered: ApiAnswer;
    try {
      answered =
        preflight(request, exchange.snapshot.cors) ??
        withCors(await answer(exchange), request.headers.origin, exchange.snapshot.cors);
    } catch (error) {
      exchange.error = `a bug in gear local: ${error instanceof Error ? error.stack : error}`;
      answered = internalServerError;
    }
    report(exchange, answered, placeOf(request.apiId), options);
    return withRequestId(answered, request);
  };
}

function withRequestId(answer: ApiAnswer, {id}: ApiRequest): ApiAnswer {
  return {...answer, headers: {...answer.headers, 'apigw-requestid': id}};
}

function report(exchange: Exchange, answer: ApiAnswer, place: EventPlace, options: ExecuteApiOptions): void {
  const {request, stage, route, time, integrationLatency} = exchange;
  const {status} = answer;
  const latency = Math.round(options.clock.now() - time);
  const detailed = route !== undefined && settingsOf(stage, route.routeKey).detailedMetricsEnabled === true;
  options.onMetrics({
    apiId: request.apiId,
    stage: stage.stageName,
    ...(detailed && {route: {method: request.method, resource: route.routeKey.split(' ').at(-1)!}}),
    status,
    latency,
    ...(integrationLatency !== undefined && {integrationLatency}),
    bytes: Buffer.byteLength(answer.body),
  });
  const {destinationArn, format} = stage.accessLogSettings ?? {};
  if (destinationArn !== undefined && format !== undefined) {
    const line = accessLogLine(format, exchange, answer, {...place, latency});
    options.onAccessLog(destinationArn, `${request.apiId}-${stage.stageName.replace('$', '')}`, line);
  }
  if (status >= 500 && exchange.error !== undefined)
    options.onWarning(
      `HTTP API ${titleOf(request.apiId, options)}, ${request.method} ${exchange.target.rawPath}: ${status}. ${exchange.error}`,
    );
}

/** What people call the API. */
function titleOf(apiId: string, {store}: ExecuteApiOptions): string {
  const name = store.apis.get(apiId)?.name;
  return name === undefined ? apiId : `${name} (${apiId})`;
}
