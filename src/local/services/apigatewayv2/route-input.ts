import {notImplemented} from '../../service-error.ts';
import {changed} from './changed.ts';
import {badRequest, conflict} from './errors.ts';
import type {RouteRecord} from './records.ts';
import {parseRouteKey} from './route-key.ts';
import type {ApiGatewayStore} from './store.ts';

interface RouteInput {
  readonly routeKey?: string | undefined;
  readonly target?: string | undefined;
  readonly operationName?: string | undefined;
  readonly authorizationType?: string | undefined;
  readonly authorizerId?: string | undefined;
  readonly authorizationScopes?: readonly string[] | undefined;
}

/** The route with what an input says, when it fits the rest of the API. */
export function routeWith(
  before: RouteRecord,
  {routeKey, target, operationName, authorizationType, authorizerId, authorizationScopes}: RouteInput,
  apiId: string,
  store: ApiGatewayStore,
): RouteRecord {
  const route = changed(before, {
    routeKey,
    target,
    operationName,
    authorizationType,
    authorizerId: authorizationType === 'NONE' ? '' : authorizerId,
    authorizationScopes,
  });
  parseRouteKey(route.routeKey);
  const taken = store.routes.of(apiId).find(other => other.routeKey === route.routeKey);
  if (taken !== undefined && taken.routeId !== route.routeId)
    throw conflict(`Route with key ${route.routeKey} already exists for this API`);
  checkTarget(route.target, apiId, store);
  checkAuthorization(route, apiId, store);
  return route;
}

function checkTarget(target: string | undefined, apiId: string, store: ApiGatewayStore): void {
  if (target === undefined) return;
  const integrationId = /^integrations\/(\w+)$/.exec(target)?.[1];
  if (integrationId === undefined)
    throw badRequest(`Invalid target ${target}: it must be integrations/<integrationId>`);
  store.integrations.get(apiId, integrationId);
}

/** `authorizationType` may be any text until here. */
function checkAuthorization(route: RouteRecord, apiId: string, store: ApiGatewayStore): void {
  const {authorizationType, authorizerId, authorizationScopes = []} = route;
  const type: string = authorizationType;
  if (type === 'AWS_IAM') throw notImplemented('the authorizationType AWS_IAM of routes');
  if (type === 'NONE') {
    if (authorizerId !== undefined || authorizationScopes.length > 0)
      throw badRequest('A route with authorizationType NONE takes neither authorizerId nor authorizationScopes');
    return;
  }
  if (type !== 'JWT' && type !== 'CUSTOM') throw badRequest(`Invalid authorizationType ${type}`);
  if (authorizerId === undefined) throw badRequest(`authorizerId is required for authorizationType ${type}`);
  const {authorizerType} = store.authorizers.get(apiId, authorizerId);
  if ((authorizerType === 'JWT') !== (type === 'JWT'))
    throw badRequest(`An authorizer of type ${authorizerType} does not fit the authorizationType ${type}`);
  if (type === 'CUSTOM' && authorizationScopes.length > 0)
    throw badRequest('authorizationScopes are for routes with a JWT authorizer');
}
