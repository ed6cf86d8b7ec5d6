import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {apiAnswer} from '../api-answer.ts';
import {page} from '../page.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getApis = operationOf<ApiGatewayStore>()({
  name: 'GetApis',
  input: structure({maxResults: string, nextToken: string}),
  http: {method: 'GET', path: '/v2/apis', query: {maxResults: 'maxResults', nextToken: 'nextToken'}},
  permissions: (_input, context) => onPath('GET', '/apis', context),
  run: (input, context, store) =>
    page(
      [...store.apis.values()].map(api => apiAnswer(api, context)),
      input,
    ),
});
