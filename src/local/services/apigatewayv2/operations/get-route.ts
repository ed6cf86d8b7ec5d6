import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getRoute = operationOf<ApiGatewayStore>()({
  name: 'GetRoute',
  input: structure({apiId: required(string), routeId: required(string)}),
  http: {method: 'GET', path: '/v2/apis/{apiId}/routes/{routeId}'},
  permissions: ({apiId, routeId}, context) => onPath('GET', `/apis/${apiId}/routes/${routeId}`, context),
  run: ({apiId, routeId}, _context, store) => store.routes.get(apiId, routeId),
});
