import {operationOf} from '../../../operation.ts';
import {boolean, integer, list, required, string, structure} from '../../../shape.ts';
import {authorizerOf} from '../authorizer-input.ts';
import {newId} from '../new-id.ts';
import {onPath} from '../permission.ts';
import {jwtConfiguration} from '../shapes.ts';
import type {ApiGatewayStore} from '../store.ts';

export const createAuthorizer = operationOf<ApiGatewayStore>()({
  name: 'CreateAuthorizer',
  input: structure({
    apiId: required(string),
    authorizerType: required(string),
    name: required(string),
    authorizerPayloadFormatVersion: string,
    authorizerResultTtlInSeconds: integer,
    authorizerUri: string,
    enableSimpleResponses: boolean,
    identitySource: list(string),
    jwtConfiguration,
  }),
  http: {method: 'POST', path: '/v2/apis/{apiId}/authorizers', status: 201},
  permissions: ({apiId}, context) => onPath('POST', `/apis/${apiId}/authorizers`, context),
  run({apiId, ...input}, _context, store) {
    store.api(apiId);
    const authorizer = authorizerOf(newId(6), input);
    return store.change(apiId, () => store.authorizers.set(apiId, authorizer.authorizerId, authorizer));
  },
});
