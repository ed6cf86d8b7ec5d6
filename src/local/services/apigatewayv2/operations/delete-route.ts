import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteRoute = operationOf<ApiGatewayStore>()({
  name: 'DeleteRoute',
  input: structure({apiId: required(string), routeId: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/routes/{routeId}', status: 204},
  permissions: ({apiId, routeId}, context) => onPath('DELETE', `/apis/${apiId}/routes/${routeId}`, context),
  run({apiId, routeId}, _context, store) {
    store.routes.get(apiId, routeId);
    store.change(apiId, () => store.routes.delete(apiId, routeId));
    return {};
  },
});
