import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteStage = operationOf<ApiGatewayStore>()({
  name: 'DeleteStage',
  input: structure({apiId: required(string), stageName: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/stages/{stageName}', status: 204},
  permissions: ({apiId, stageName}, context) => onPath('DELETE', `/apis/${apiId}/stages/${stageName}`, context),
  run({apiId, stageName}, _context, store) {
    const stage = store.stages.get(apiId, stageName);
    store.stages.delete(apiId, stageName);
    const {deploymentId} = stage;
    if (deploymentId !== undefined && store.deployments.find(apiId, deploymentId)?.autoDeployed === true)
      store.deployments.delete(apiId, deploymentId);
    return {};
  },
});
