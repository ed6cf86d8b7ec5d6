import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {newId} from '../new-id.ts';
import {onPath} from '../permission.ts';
import {routeWith} from '../route-input.ts';
import type {ApiGatewayStore} from '../store.ts';

export const createRoute = operationOf<ApiGatewayStore>()({
  name: 'CreateRoute',
  input: structure({
    apiId: required(string),
    routeKey: required(string),
    authorizationScopes: list(string),
    authorizationType: string,
    authorizerId: string,
    operationName: string,
    target: string,
  }),
  http: {method: 'POST', path: '/v2/apis/{apiId}/routes', status: 201},
  permissions: ({apiId}, context) => onPath('POST', `/apis/${apiId}/routes`, context),
  run({apiId, ...input}, _context, store) {
    store.api(apiId);
    const fresh = {
      routeId: newId(7),
      routeKey: input.routeKey,
      apiKeyRequired: false,
      authorizationType: 'NONE',
    } as const;
    const route = routeWith(fresh, input, apiId, store);
    return store.change(apiId, () => store.routes.set(apiId, route.routeId, route));
  },
});
