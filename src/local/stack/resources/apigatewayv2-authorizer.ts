import {boolean, integer, list, required, string, structure} from '../../shape.ts';
import {lowerCamel} from '../lower-camel.ts';
import {defineResource} from '../resource-type.ts';

const properties = structure({
  ApiId: required(string),
  AuthorizerPayloadFormatVersion: string,
  AuthorizerResultTtlInSeconds: integer,
  AuthorizerType: required(string),
  AuthorizerUri: string,
  EnableSimpleResponses: boolean,
  IdentitySource: list(string),
  JwtConfiguration: structure({Audience: list(string), Issuer: string}),
  Name: required(string),
});

export const apigatewayv2Authorizer = defineResource({
  type: 'AWS::ApiGatewayV2::Authorizer',
  properties,
  createOnly: ['ApiId', 'AuthorizerType'],
  attributes: ['AuthorizerId'],
  async create(authorizer, context) {
    const {authorizerId} = await context.call<{authorizerId: string}>(
      'apigatewayv2',
      'CreateAuthorizer',
      lowerCamel(properties, authorizer) as object,
    );
    return {id: authorizerId, attributes: {AuthorizerId: authorizerId}};
  },
  async update({id: authorizerId, attributes}, authorizer, context) {
    const change = lowerCamel(properties, authorizer) as object;
    await context.call('apigatewayv2', 'UpdateAuthorizer', {authorizerId, ...change});
    return {id: authorizerId, attributes};
  },
  async delete({id: authorizerId, properties: {ApiId: apiId}}, context) {
    await context.call('apigatewayv2', 'DeleteAuthorizer', {apiId, authorizerId});
  },
});
