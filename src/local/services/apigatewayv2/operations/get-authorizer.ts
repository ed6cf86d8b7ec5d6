import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getAuthorizer = operationOf<ApiGatewayStore>()({
  name: 'GetAuthorizer',
  input: structure({apiId: required(string), authorizerId: required(string)}),
  http: {method: 'GET', path: '/v2/apis/{apiId}/authorizers/{authorizerId}'},
  permissions: ({apiId, authorizerId}, context) => onPath('GET', `/apis/${apiId}/authorizers/${authorizerId}`, context),
  run: ({apiId, authorizerId}, _context, store) => store.authorizers.get(apiId, authorizerId),
});
