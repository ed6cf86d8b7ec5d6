import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deploymentAnswer} from '../api-answer.ts';
import {defined} from '../changed.ts';
import {badRequest} from '../errors.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const createDeployment = operationOf<ApiGatewayStore>()({
  name: 'CreateDeployment',
  input: structure({apiId: required(string), description: string, stageName: string}),
  http: {method: 'POST', path: '/v2/apis/{apiId}/deployments', status: 201},
  permissions: ({apiId}, context) => onPath('POST', `/apis/${apiId}/deployments`, context),
  run({apiId, description, stageName}, _context, store) {
    store.api(apiId);
    if (store.routes.of(apiId).length === 0)
      throw badRequest('At least one route is required before deploying the Api');
    const stage = stageName === undefined ? undefined : store.stages.get(apiId, stageName);
    if (stage?.autoDeploy === true)
      throw badRequest('Deployment cannot be created for a stage that deploys automatically');
    const deployment = store.deploy(apiId, {autoDeployed: false, ...defined({description})});
    if (stage !== undefined)
      store.stages.set(apiId, stage.stageName, {...stage, deploymentId: deployment.deploymentId});
    return deploymentAnswer(deployment);
  },
});
