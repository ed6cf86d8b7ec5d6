import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deploymentAnswer} from '../api-answer.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getDeployment = operationOf<ApiGatewayStore>()({
  name: 'GetDeployment',
  input: structure({apiId: required(string), deploymentId: required(string)}),
  http: {method: 'GET', path: '/v2/apis/{apiId}/deployments/{deploymentId}'},
  permissions: ({apiId, deploymentId}, context) => onPath('GET', `/apis/${apiId}/deployments/${deploymentId}`, context),
  run: ({apiId, deploymentId}, _context, store) => deploymentAnswer(store.deployments.get(apiId, deploymentId)),
});
