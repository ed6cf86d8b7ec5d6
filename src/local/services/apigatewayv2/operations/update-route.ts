import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import {routeWith} from '../route-input.ts';
import type {ApiGatewayStore} from '../store.ts';

export const updateRoute = operationOf<ApiGatewayStore>()({
  name: 'UpdateRoute',
  input: structure({
    apiId: required(string),
    routeId: required(string),
    routeKey: string,
    authorizationScopes: list(string),
    authorizationType: string,
    authorizerId: string,
    operationName: string,
    target: string,
  }),
  http: {method: 'PATCH', path: '/v2/apis/{apiId}/routes/{routeId}'},
  permissions: ({apiId, routeId}, context) => onPath('PATCH', `/apis/${apiId}/routes/${routeId}`, context),
  run({apiId, routeId, ...input}, _context, store) {
    const route = routeWith(store.routes.get(apiId, routeId), input, apiId, store);
    return store.change(apiId, () => store.routes.set(apiId, routeId, route));
  },
});
