import {operationOf} from '../../../operation.ts';
import {boolean, map, required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import {accessLogSettings, routeSettings} from '../shapes.ts';
import {onLogDelivery, stageWith} from '../stage-input.ts';
import type {ApiGatewayStore} from '../store.ts';

export const updateStage = operationOf<ApiGatewayStore>()({
  name: 'UpdateStage',
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
  }),
  http: {method: 'PATCH', path: '/v2/apis/{apiId}/stages/{stageName}'},
  permissions: ({apiId, stageName, accessLogSettings: log}, context) => [
    ...onPath('PATCH', `/apis/${apiId}/stages/${stageName}`, context),
    ...onLogDelivery('Update', log),
  ],
  run: ({apiId, stageName, ...input}, _context, store) =>
    stageWith({...store.stages.get(apiId, stageName), lastUpdatedDate: store.now()}, input, apiId, store),
});
