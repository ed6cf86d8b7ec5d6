import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {integrationWith} from '../integration-input.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const updateIntegration = operationOf<ApiGatewayStore>()({
  name: 'UpdateIntegration',
  input: structure({
    apiId: required(string),
    integrationId: required(string),
    integrationType: string,
    connectionType: string,
    description: string,
    integrationMethod: string,
    integrationUri: string,
    payloadFormatVersion: string,
    timeoutInMillis: integer,
  }),
  http: {method: 'PATCH', path: '/v2/apis/{apiId}/integrations/{integrationId}'},
  permissions: ({apiId, integrationId}, context) =>
    onPath('PATCH', `/apis/${apiId}/integrations/${integrationId}`, context),
  run({apiId, integrationId, ...input}, _context, store) {
    const integration = integrationWith(store.integrations.get(apiId, integrationId), input);
    return store.change(apiId, () => store.integrations.set(apiId, integrationId, integration));
  },
});
