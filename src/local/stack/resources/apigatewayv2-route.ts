import {list, required, string, structure} from '../../shape.ts';
import {lowerCamel} from '../lower-camel.ts';
import {defineResource} from '../resource-type.ts';

const properties = structure({
  ApiId: required(string),
  AuthorizationScopes: list(string),
  AuthorizationType: string,
  AuthorizerId: string,
  OperationName: string,
  RouteKey: required(string),
  Target: string,
});

/** What an update says when the template no longer does. */
const defaults = {AuthorizationScopes: [], AuthorizationType: 'NONE', OperationName: '', Target: ''};

export const apigatewayv2Route = defineResource({
  type: 'AWS::ApiGatewayV2::Route',
  properties,
  createOnly: ['ApiId'],
  attributes: ['RouteId'],
  async create(route, context) {
    const {routeId} = await context.call<{routeId: string}>(
      'apigatewayv2',
      'CreateRoute',
      lowerCamel(properties, route) as object,
    );
    return {id: routeId, attributes: {RouteId: routeId}};
  },
  async update({id: routeId, attributes}, route, context) {
    const change = lowerCamel(properties, {...defaults, ...route}) as object;
    await context.call('apigatewayv2', 'UpdateRoute', {routeId, ...change});
    return {id: routeId, attributes};
  },
  async delete({id: routeId, properties: {ApiId: apiId}}, context) {
    await context.call('apigatewayv2', 'DeleteRoute', {apiId, routeId});
  },
});
