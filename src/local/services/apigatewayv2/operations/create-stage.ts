import {operationOf} from '../../../operation.ts';
import {boolean, map, required, string, structure} from '../../../shape.ts';
import {conflict} from '../errors.ts';
import {onPath} from '../permission.ts';
import {accessLogSettings, routeSettings, tags} from '../shapes.ts';
import {onLogDelivery, stageWith} from '../stage-input.ts';
import {checkStageName} from '../stage-settings.ts';
import type {ApiGatewayStore} from '../store.ts';

export const createStage = operationOf<ApiGatewayStore>()({
  name: 'CreateStage',
  input: structure({
    apiId: required(string),
    stageName: required(string),
    accessLogSettings,
    autoDeploy: boolean,
    defaultRouteSettings: routeSettings,
    deploymentId: string,
    description: string,
    routeSettings: map(routeSettings),
    stageVariables: map(string),
    tags,
  }),
  http: {method: 'POST', path: '/v2/apis/{apiId}/stages', status: 201},
  permissions: ({apiId, accessLogSettings: log}, context) => [
    ...onPath('POST', `/apis/${apiId}/stages`, context),
    ...onLogDelivery('Create', log),
  ],
  run({apiId, stageName, tags = {}, ...input}, _context, store) {
    store.api(apiId);
    checkStageName(stageName);
    if (store.stages.find(apiId, stageName) !== undefined) throw conflict('Stage already exists');
    const now = store.now();
    const fresh = {
      stageName,
      autoDeploy: false,
      stageVariables: {},
      defaultRouteSettings: {detailedMetricsEnabled: false},
      routeSettings: {},
      createdDate: now,
      lastUpdatedDate: now,
      tags,
    };
    return stageWith(fresh, input, apiId, store);
  },
});
