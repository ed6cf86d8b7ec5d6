import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {badRequest} from '../errors.ts';
import {integrationWith} from '../integration-input.ts';
import {newId} from '../new-id.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const createIntegration = operationOf<ApiGatewayStore>()({
  name: 'CreateIntegration',
  input: structure({
    apiId: required(string),
    integrationType: required(string),
    connectionType: string,
    description: string,
    integrationMethod: string,
    integrationUri: string,
    payloadFormatVersion: string,
    timeoutInMillis: integer,
  }),
  http: {method: 'POST', path: '/v2/apis/{apiId}/integrations', status: 201},
  permissions: ({apiId}, context) => onPath('POST', `/apis/${apiId}/integrations`, context),
  run({apiId, ...input}, _context, store) {
    store.api(apiId);
    if (input.payloadFormatVersion === undefined)
      throw badRequest('PayloadFormatVersion is a required parameter for integration');
    const fresh = {
      integrationId: newId(7),
      integrationType: 'AWS_PROXY',
      integrationMethod: 'POST',
      connectionType: 'INTERNET',
      payloadFormatVersion: '2.0',
      timeoutInMillis: 30_000,
    } as const;
    const integration = integrationWith(fresh, input);
    return store.change(apiId, () => store.integrations.set(apiId, integration.integrationId, integration));
  },
});
