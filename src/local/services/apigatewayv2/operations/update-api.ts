import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {apiAnswer} from '../api-answer.ts';
import {changed} from '../changed.ts';
import {checkCors} from '../cors.ts';
import {checkLength} from '../errors.ts';
import {onPath} from '../permission.ts';
import {checkRouteSelection} from '../route-selection.ts';
import {cors} from '../shapes.ts';
import type {ApiGatewayStore} from '../store.ts';

export const updateApi = operationOf<ApiGatewayStore>()({
  name: 'UpdateApi',
  input: structure({
    apiId: required(string),
    name: string,
    corsConfiguration: cors,
    description: string,
    disableExecuteApiEndpoint: boolean,
    routeSelectionExpression: string,
    version: string,
  }),
  http: {method: 'PATCH', path: '/v2/apis/{apiId}'},
  permissions: ({apiId}, context) => onPath('PATCH', `/apis/${apiId}`, context),
  run({apiId, ...change}, context, store) {
    checkLength('name', change.name, 128, 1);
    checkRouteSelection(change.routeSelectionExpression);
    checkCors(change.corsConfiguration);
    const api = changed(store.api(apiId), change);
    store.change(apiId, () => store.apis.set(apiId, api));
    return apiAnswer(api, context);
  },
});
