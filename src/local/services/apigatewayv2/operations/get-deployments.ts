import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {deploymentAnswer} from '../api-answer.ts';
import {page} from '../page.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getDeployments = operationOf<ApiGatewayStore>()({
  name: 'GetDeployments',
  input: structure({apiId: required(string), maxResults: string, nextToken: string}),
  http: {
    method: 'GET',
    path: '/v2/apis/{apiId}/deployments',
    query: {maxResults: 'maxResults', nextToken: 'nextToken'},
  },
  permissions: ({apiId}, context) => onPath('GET', `/apis/${apiId}/deployments`, context),
  run({apiId, ...pages}, _context, store) {
    store.api(apiId);
    return page(store.deployments.of(apiId).map(deploymentAnswer), pages);
  },
});
