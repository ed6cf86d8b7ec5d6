import {boolean, double, type Infer, integer, map, required, string, structure} from '../../shape.ts';
import {lowerCamel} from '../lower-camel.ts';
import {defineResource} from '../resource-type.ts';
import {retag} from '../tag-map.ts';

const routeSettings = structure({
  DetailedMetricsEnabled: boolean,
  ThrottlingBurstLimit: integer,
  ThrottlingRateLimit: double,
});

const properties = structure({
  AccessLogSettings: structure({DestinationArn: string, Format: string}),
  ApiId: required(string),
  AutoDeploy: boolean,
  DefaultRouteSettings: routeSettings,
  DeploymentId: string,
  Description: string,
  RouteSettings: map(routeSettings),
  StageName: required(string),
  StageVariables: map(string),
  Tags: map(string),
});
type Properties = Infer<typeof properties>;

export const apigatewayv2Stage = defineResource({
  type: 'AWS::ApiGatewayV2::Stage',
  properties,
  createOnly: ['ApiId', 'StageName'],
  nameProperty: 'StageName',
  attributes: [],
  async create(stage, context) {
    await context.call('apigatewayv2', 'CreateStage', lowerCamel(properties, stage) as object);
    return {id: stage.StageName};
  },
  async update({id, properties: before}, after, context) {
    const stage = {apiId: after.ApiId, stageName: after.StageName};
    if (before.AccessLogSettings !== undefined && after.AccessLogSettings === undefined)
      await context.call('apigatewayv2', 'DeleteAccessLogSettings', stage);
    for (const routeKey of Object.keys(before.RouteSettings ?? {}))
      if (after.RouteSettings?.[routeKey] === undefined)
        await context.call('apigatewayv2', 'DeleteRouteSettings', {...stage, routeKey});
    await context.call('apigatewayv2', 'UpdateStage', changeOf(before, after));
    const resourceArn = `arn:aws:apigateway:${context.region}::/apis/${after.ApiId}/stages/${after.StageName}`;
    await retag(resourceArn, before.Tags, after.Tags, context);
    return {id};
  },
  async delete({properties: {ApiId: apiId, StageName: stageName}}, context) {
    await context.call('apigatewayv2', 'DeleteStage', {apiId, stageName});
  },
});

/** An update has to say what the template no longer says; an empty variable is taken away. */
function changeOf(before: Properties, {Tags: _, ...after}: Properties): object {
  const gone = Object.fromEntries(Object.keys(before.StageVariables ?? {}).map(name => [name, '']));
  const change = {
    AutoDeploy: false,
    DefaultRouteSettings: {DetailedMetricsEnabled: false},
    Description: '',
    ...after,
    StageVariables: {...gone, ...after.StageVariables},
  };
  return lowerCamel(properties, change) as object;
}
