import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {badRequest} from '../errors.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteDeployment = operationOf<ApiGatewayStore>()({
  name: 'DeleteDeployment',
  input: structure({apiId: required(string), deploymentId: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/deployments/{deploymentId}', status: 204},
  permissions: ({apiId, deploymentId}, context) =>
    onPath('DELETE', `/apis/${apiId}/deployments/${deploymentId}`, context),
  run({apiId, deploymentId}, _context, store) {
    store.deployments.get(apiId, deploymentId);
    if (store.stages.of(apiId).some(stage => stage.deploymentId === deploymentId))
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
    store.deployments.delete(apiId, deploymentId);
    return {};
  },
});
