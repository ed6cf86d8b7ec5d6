import {partitionOf} from '../place.ts';
import type {DeployedResource, ResourceNeeds} from '../resource-needs.ts';

/** API Gateway has the verbs of HTTP for actions, on paths; the identifier of an API is random. */
const path = ({place}: DeployedResource, text: string) =>
  `arn:${partitionOf(place.region)}:apigateway:${place.region}::${text}`;

const onApis = {
  service: 'apigateway',
  group: 'Apis',
  on: (resource: DeployedResource) => [path(resource, '/apis'), path(resource, '/apis/*')],
  // The registry's handlers have PUT, too, which imports a definition (`Body`) and sets tags: properties apart from these.
  always: {create: ['POST'], read: ['GET'], update: ['PATCH'], delete: ['DELETE']},
} as const;

/** The registry's handlers name it; the service authorization reference does not yet. */
export const unlistedAction = 'apigateway:TagResource';

/** The tags that CloudFormation gives to what it makes. */
const tagging = (resource: DeployedResource) => ({
  group: 'ApiTags',
  actions: ['apigateway:POST', 'apigateway:PUT', 'apigateway:DELETE', unlistedAction],
  resources: [path(resource, '/tags/*'), path(resource, '/apis'), path(resource, '/apis/*')],
});

export const apigatewayv2Api: ResourceNeeds = {
  ...onApis,
  type: 'AWS::ApiGatewayV2::Api',
  ref: () => '*',
  attributes: {ApiId: () => '*', ApiEndpoint: () => '*'},
  plain: [
    'ApiKeySelectionExpression',
    'CorsConfiguration',
    'Description',
    'DisableExecuteApiEndpoint',
    'IpAddressType',
    'Name',
    'ProtocolType',
    'RouteSelectionExpression',
    'Tags',
    'Version',
  ],
  more: resource => [tagging(resource)],
};

export const apigatewayv2Authorizer: ResourceNeeds = {
  ...onApis,
  type: 'AWS::ApiGatewayV2::Authorizer',
  ref: () => '*',
  plain: [
    'ApiId',
    'AuthorizerPayloadFormatVersion',
    'AuthorizerResultTtlInSeconds',
    'AuthorizerType',
    'AuthorizerUri',
    'EnableSimpleResponses',
    'IdentitySource',
    'JwtConfiguration',
    'Name',
  ],
};

export const apigatewayv2Deployment: ResourceNeeds = {
  ...onApis,
  type: 'AWS::ApiGatewayV2::Deployment',
  ref: () => '*',
  plain: ['ApiId', 'Description', 'StageName'],
};

export const apigatewayv2Integration: ResourceNeeds = {
  ...onApis,
  type: 'AWS::ApiGatewayV2::Integration',
  ref: () => '*',
  plain: [
    'ApiId',
    'ConnectionType',
    'Description',
    'IntegrationMethod',
    'IntegrationType',
    'IntegrationUri',
    'PayloadFormatVersion',
    'RequestParameters',
    'ResponseParameters',
    'TimeoutInMillis',
  ],
};

export const apigatewayv2Route: ResourceNeeds = {
  ...onApis,
  type: 'AWS::ApiGatewayV2::Route',
  ref: () => '*',
  plain: ['ApiId', 'AuthorizationScopes', 'AuthorizationType', 'AuthorizerId', 'OperationName', 'RouteKey', 'Target'],
};

export const apigatewayv2Stage: ResourceNeeds = {
  ...onApis,
  type: 'AWS::ApiGatewayV2::Stage',
  plain: [
    'AccessLogSettings',
    'ApiId',
    'AutoDeploy',
    'DefaultRouteSettings',
    'DeploymentId',
    'Description',
    'RouteSettings',
    'StageName',
    'StageVariables',
    'Tags',
  ],
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
  more: resource => [
    tagging(resource),
    ...(resource.properties.AccessLogSettings === undefined
      ? []
      : [
          {
            group: 'AccessLogs',
            actions: [
              'CreateLogDelivery',
              'DeleteLogDelivery',
              'DescribeLogGroups',
              'DescribeResourcePolicies',
              'GetLogDelivery',
              'ListLogDeliveries',
              'PutResourcePolicy',
              'UpdateLogDelivery',
            ].map(action => `logs:${action}`),
            resources: ['*'],
          },
        ]),
  ],
};
