import {integer, required, string, structure} from '../../shape.ts';
import {lowerCamel} from '../lower-camel.ts';
import {defineResource} from '../resource-type.ts';

const properties = structure({
  ApiId: required(string),
  ConnectionType: string,
  Description: string,
  IntegrationMethod: string,
  IntegrationType: required(string),
  IntegrationUri: string,
  PayloadFormatVersion: string,
  TimeoutInMillis: integer,
});

/** What an update says when the template no longer does. */
const defaults = {Description: '', TimeoutInMillis: 30_000};

export const apigatewayv2Integration = defineResource({
  type: 'AWS::ApiGatewayV2::Integration',
  properties,
  createOnly: ['ApiId'],
  attributes: ['IntegrationId'],
  async create(integration, context) {
    const {integrationId} = await context.call<{integrationId: string}>(
      'apigatewayv2',
      'CreateIntegration',
      lowerCamel(properties, integration) as object,
    );
    return {id: integrationId, attributes: {IntegrationId: integrationId}};
  },
  async update({id: integrationId, attributes}, integration, context) {
    const change = lowerCamel(properties, {...defaults, ...integration}) as object;
    await context.call('apigatewayv2', 'UpdateIntegration', {integrationId, ...change});
    return {id: integrationId, attributes};
  },
  async delete({id: integrationId, properties: {ApiId: apiId}}, context) {
    await context.call('apigatewayv2', 'DeleteIntegration', {apiId, integrationId});
  },
});
