import {boolean, type Infer, integer, list, map, required, string, structure} from '../../shape.ts';
import {lowerCamel} from '../lower-camel.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {retag} from '../tag-map.ts';

const properties = structure({
  CorsConfiguration: structure({
    AllowCredentials: boolean,
    AllowHeaders: list(string),
    AllowMethods: list(string),
    AllowOrigins: list(string),
    ExposeHeaders: list(string),
    MaxAge: integer,
  }),
  Description: string,
  DisableExecuteApiEndpoint: boolean,
  Name: required(string),
  ProtocolType: required(string),
  RouteSelectionExpression: string,
  Tags: map(string),
  Version: string,
});

/** `Body` is refused by name: an API is described by its resources. */
export const apigatewayv2Api = defineResource({
  type: 'AWS::ApiGatewayV2::Api',
  properties,
  createOnly: ['ProtocolType'],
  attributes: ['ApiEndpoint', 'ApiId'],
  async create(api, context) {
    const {apiId, apiEndpoint} = await context.call<{apiId: string; apiEndpoint: string}>(
      'apigatewayv2',
      'CreateApi',
      lowerCamel(properties, api) as object,
    );
    return {id: apiId, attributes: {ApiEndpoint: apiEndpoint, ApiId: apiId}};
  },
  async update({id: apiId, properties: before, attributes}, after, context) {
    await context.call('apigatewayv2', 'UpdateApi', {apiId, ...changeOf(after)});
    if (before.CorsConfiguration !== undefined && after.CorsConfiguration === undefined)
      await context.call('apigatewayv2', 'DeleteCorsConfiguration', {apiId});
    await retag(apiArn(apiId, context), before.Tags, after.Tags, context);
    return {id: apiId, attributes};
  },
  async delete({id: apiId}, context) {
    await context.call('apigatewayv2', 'DeleteApi', {apiId});
  },
});

/** An update has to say what the template no longer says. */
function changeOf({ProtocolType: _, Tags: __, ...api}: Infer<typeof properties>): object {
  return lowerCamel(properties, {Description: '', Version: '', DisableExecuteApiEndpoint: false, ...api}) as object;
}

function apiArn(apiId: string, {region}: ResourceContext): string {
  return `arn:aws:apigateway:${region}::/apis/${apiId}`;
}
