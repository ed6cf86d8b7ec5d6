import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getStage = operationOf<ApiGatewayStore>()({
  name: 'GetStage',
  input: structure({apiId: required(string), stageName: required(string)}),
  http: {method: 'GET', path: '/v2/apis/{apiId}/stages/{stageName}'},
  permissions: ({apiId, stageName}, context) => onPath('GET', `/apis/${apiId}/stages/${stageName}`, context),
  run: ({apiId, stageName}, _context, store) => store.stages.get(apiId, stageName),
});
