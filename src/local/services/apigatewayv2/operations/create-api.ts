import {operationOf} from '../../../operation.ts';
import {notImplemented} from '../../../service-error.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {apiAnswer} from '../api-answer.ts';
import {defined} from '../changed.ts';
import {checkCors} from '../cors.ts';
import {badRequest, checkLength} from '../errors.ts';
import {newId} from '../new-id.ts';
import {onPath} from '../permission.ts';
import type {ApiRecord} from '../records.ts';
import {checkRouteSelection, routeSelectionExpression} from '../route-selection.ts';
import {cors, tags} from '../shapes.ts';
import type {ApiGatewayStore} from '../store.ts';

/** Quick creation by `target` is refused by name, as all that WebSocket APIs have. */
export const createApi = operationOf<ApiGatewayStore>()({
  name: 'CreateApi',
  input: structure({
    name: required(string),
    protocolType: required(string),
    corsConfiguration: cors,
    description: string,
    disableExecuteApiEndpoint: boolean,
    routeSelectionExpression: string,
    tags,
    version: string,
  }),
  http: {method: 'POST', path: '/v2/apis', status: 201},
  permissions: (_input, context) => onPath('POST', '/apis', context),
  run(input, context, store) {
    const {name, protocolType, corsConfiguration, description, version} = input;
    if (protocolType === 'WEBSOCKET') throw notImplemented('WebSocket APIs');
    if (protocolType !== 'HTTP') throw badRequest(`Invalid protocolType ${protocolType}: it must be HTTP`);
    checkLength('name', name, 128, 1);
    checkRouteSelection(input.routeSelectionExpression);
    checkCors(corsConfiguration);
    const api: ApiRecord = {
      apiId: newId(10),
      name,
      protocolType: 'HTTP',
      routeSelectionExpression,
      disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
      ...defined({corsConfiguration, description, version}),
      createdDate: store.now(),
      tags: input.tags ?? {},
    };
    store.apis.set(api.apiId, api);
    return apiAnswer(api, context);
  },
});
