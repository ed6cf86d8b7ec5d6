import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getStages = operationOf<ApiGatewayStore>()({
  name: 'GetStages',
  input: structure({apiId: required(string), maxResults: string, nextToken: string}),
  http: {
    method: 'GET',
    path: '/v2/apis/{apiId}/stages',
    query: {maxResults: 'maxResults', nextToken: 'nextToken'},
  },
  permissions: ({apiId}, context) => onPath('GET', `/apis/${apiId}/stages`, context),
  run({apiId, ...pages}, _context, store) {
    store.api(apiId);
    return page(store.stages.of(apiId), pages);
  },
});
