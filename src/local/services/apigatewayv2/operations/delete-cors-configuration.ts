import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteCorsConfiguration = operationOf<ApiGatewayStore>()({
  name: 'DeleteCorsConfiguration',
  input: structure({apiId: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/cors', status: 204},
  permissions: ({apiId}, context) => onPath('DELETE', `/apis/${apiId}/cors`, context),
  run({apiId}, _context, store) {
    const {corsConfiguration: _, ...api} = store.api(apiId);
    store.change(apiId, () => store.apis.set(apiId, api));
    return {};
  },
});
