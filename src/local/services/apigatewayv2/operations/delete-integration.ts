import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {conflict} from '../errors.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteIntegration = operationOf<ApiGatewayStore>()({
  name: 'DeleteIntegration',
  input: structure({apiId: required(string), integrationId: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/integrations/{integrationId}', status: 204},
  permissions: ({apiId, integrationId}, context) =>
    onPath('DELETE', `/apis/${apiId}/integrations/${integrationId}`, context),
  run({apiId, integrationId}, _context, store) {
    store.integrations.get(apiId, integrationId);
    const route = store.routes.of(apiId).find(({target}) => target === `integrations/${integrationId}`);
    if (route !== undefined)
      throw conflict(`Cannot delete Integration '${integrationId}', it is referenced by the route '${route.routeKey}'`);
    store.change(apiId, () => store.integrations.delete(apiId, integrationId));
    return {};
  },
});
