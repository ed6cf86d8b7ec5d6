import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const resetAuthorizersCache = operationOf<ApiGatewayStore>()({
  name: 'ResetAuthorizersCache',
  input: structure({apiId: required(string), stageName: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/stages/{stageName}/cache/authorizers', status: 204},
  permissions: ({apiId, stageName}, context) =>
    onPath('DELETE', `/apis/${apiId}/stages/${stageName}/cache/authorizers`, context),
  run({apiId, stageName}, _context, store) {
    store.stages.get(apiId, stageName);
    store.authorizerResults.reset(`${apiId}/${stageName}`);
    return {};
  },
});
