import {apiEndpoint} from '../../http-api.ts';
import type {RequestContext} from '../../operation.ts';
import type {ApiRecord, DeploymentRecord} from './records.ts';

export function apiAnswer(api: ApiRecord, {endpoint}: RequestContext) {
  return {
    ...api,
    apiEndpoint: apiEndpoint(endpoint, api.apiId),
    apiKeySelectionExpression: '$request.header.x-api-key',
    ipAddressType: 'ipv4',
  };
}

/** What it froze is API Gateway's own. */
export function deploymentAnswer({snapshot: _, ...deployment}: DeploymentRecord) {
  return deployment;
}
