import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteApi = operationOf<ApiGatewayStore>()({
  name: 'DeleteApi',
  input: structure({apiId: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}', status: 204},
  permissions: ({apiId}, context) => onPath('DELETE', `/apis/${apiId}`, context),
  run({apiId}, _context, store) {
    store.api(apiId);
    store.deleteApi(apiId);
    return {};
  },
});
