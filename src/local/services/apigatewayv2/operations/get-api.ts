import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {apiAnswer} from '../api-answer.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const getApi = operationOf<ApiGatewayStore>()({
  name: 'GetApi',
  input: structure({apiId: required(string)}),
  http: {method: 'GET', path: '/v2/apis/{apiId}'},
  permissions: ({apiId}, context) => onPath('GET', `/apis/${apiId}`, context),
  run: ({apiId}, context, store) => apiAnswer(store.api(apiId), context),
});
