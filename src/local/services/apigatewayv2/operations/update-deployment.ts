import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deploymentAnswer} from '../api-answer.ts';
import {changed} from '../changed.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const updateDeployment = operationOf<ApiGatewayStore>()({
  name: 'UpdateDeployment',
  input: structure({apiId: required(string), deploymentId: required(string), description: string}),
  http: {method: 'PATCH', path: '/v2/apis/{apiId}/deployments/{deploymentId}'},
  permissions: ({apiId, deploymentId}, context) =>
    onPath('PATCH', `/apis/${apiId}/deployments/${deploymentId}`, context),
  run({apiId, deploymentId, description}, _context, store) {
    const deployment = changed(store.deployments.get(apiId, deploymentId), {description});
    return deploymentAnswer(store.deployments.set(apiId, deploymentId, deployment));
  },
});
