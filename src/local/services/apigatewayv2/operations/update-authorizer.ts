import {operationOf} from '../../../operation.ts';
import {boolean, integer, list, required, string, structure} from '../../../shape.ts';
import {authorizerWith} from '../authorizer-input.ts';
import {onPath} from '../permission.ts';
import {jwtConfiguration} from '../shapes.ts';
import type {ApiGatewayStore} from '../store.ts';

export const updateAuthorizer = operationOf<ApiGatewayStore>()({
  name: 'UpdateAuthorizer',
  input: structure({
    apiId: required(string),
    authorizerId: required(string),
    authorizerType: string,
    name: string,
    authorizerPayloadFormatVersion: string,
    authorizerResultTtlInSeconds: integer,
    authorizerUri: string,
    enableSimpleResponses: boolean,
    identitySource: list(string),
    jwtConfiguration,
  }),
  http: {method: 'PATCH', path: '/v2/apis/{apiId}/authorizers/{authorizerId}'},
  permissions: ({apiId, authorizerId}, context) =>
    onPath('PATCH', `/apis/${apiId}/authorizers/${authorizerId}`, context),
  run({apiId, authorizerId, ...input}, _context, store) {
    const authorizer = authorizerWith(store.authorizers.get(apiId, authorizerId), input);
    return store.change(apiId, () => store.authorizers.set(apiId, authorizerId, authorizer));
  },
});
