import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getIntegration = operationOf<ApiGatewayStore>()({
  name: 'GetIntegration',
  input: structure({apiId: required(string), integrationId: required(string)}),
  http: {method: 'GET', path: '/v2/apis/{apiId}/integrations/{integrationId}'},
  permissions: ({apiId, integrationId}, context) =>
    onPath('GET', `/apis/${apiId}/integrations/${integrationId}`, context),
  run: ({apiId, integrationId}, _context, store) => store.integrations.get(apiId, integrationId),
});
