import type {Service} from '../../operation.ts';
import {operations} from './operations/index.ts';
import {type ApiGatewayOptions, ApiGatewayStore} from './store.ts';

/** The management of HTTP APIs; their requests are answered by `execute-api/`. */
export function apigatewayv2Service(options: ApiGatewayOptions): Service<ApiGatewayStore> {
  return {
    name: 'apigatewayv2',
    signingNames: ['apigateway'],
    protocol: {kind: 'rest-json'},
    store: new ApiGatewayStore(options),
    operations,
  };
}
