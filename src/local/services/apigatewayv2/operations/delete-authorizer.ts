import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {conflict} from '../errors.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteAuthorizer = operationOf<ApiGatewayStore>()({
  name: 'DeleteAuthorizer',
  input: structure({apiId: required(string), authorizerId: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/authorizers/{authorizerId}', status: 204},
  permissions: ({apiId, authorizerId}, context) =>
    onPath('DELETE', `/apis/${apiId}/authorizers/${authorizerId}`, context),
  run({apiId, authorizerId}, _context, store) {
    store.authorizers.get(apiId, authorizerId);
    const route = store.routes.of(apiId).find(other => other.authorizerId === authorizerId);
    if (route !== undefined)
      throw conflict(`Cannot delete authorizer '${authorizerId}', it is referenced by the route '${route.routeKey}'`);
    store.change(apiId, () => store.authorizers.delete(apiId, authorizerId));
    return {};
  },
});
