import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {notFound} from '../errors.ts';
import {onPath} from '../permission.ts';
import type {ApiGatewayStore} from '../store.ts';

export const deleteRouteSettings = operationOf<ApiGatewayStore>()({
  name: 'DeleteRouteSettings',
  input: structure({apiId: required(string), stageName: required(string), routeKey: required(string)}),
  http: {method: 'DELETE', path: '/v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey}', status: 204},
  permissions: ({apiId, stageName, routeKey}, context) =>
    onPath('DELETE', `/apis/${apiId}/stages/${stageName}/routesettings/${encodeURIComponent(routeKey)}`, context),
  run({apiId, stageName, routeKey}, _context, store) {
    const stage = store.stages.get(apiId, stageName);
    const {[routeKey]: settings, ...rest} = stage.routeSettings;
    if (settings === undefined) throw notFound(`Unable to find route settings by key ${routeKey}`);
    store.stages.set(apiId, stageName, {...stage, routeSettings: rest});
    return {};
  },
});
