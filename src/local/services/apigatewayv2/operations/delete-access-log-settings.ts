import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteAccessLogSettings = operationOf<ApiGatewayStore>()({
  name: 'DeleteAccessLogSettings',
  input: structure({apiId: required(string), stageName: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/stages/{stageName}/accesslogsettings', status: 204},
  permissions: ({apiId, stageName}, context) =>
    onPath('DELETE', `/apis/${apiId}/stages/${stageName}/accesslogsettings`, context),
  run({apiId, stageName}, _context, store) {
    const {accessLogSettings: _, ...stage} = store.stages.get(apiId, stageName);
    store.stages.set(apiId, stageName, stage);
    return {};
  },
});
