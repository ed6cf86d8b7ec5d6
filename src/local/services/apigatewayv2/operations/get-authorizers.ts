import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getAuthorizers = operationOf<ApiGatewayStore>()({
  name: 'GetAuthorizers',
  input: structure({apiId: required(string), maxResults: string, nextToken: string}),
  http: {
    method: 'GET',
    path: '/v2/apis/{apiId}/authorizers',
    query: {maxResults: 'maxResults', nextToken: 'nextToken'},
  },
  permissions: ({apiId}, context) => onPath('GET', `/apis/${apiId}/authorizers`, context),
  run({apiId, ...pages}, _context, store) {
    store.api(apiId);
    return page(store.authorizers.of(apiId), pages);
  },
});
