import {required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

/** `StageName` is refused by name: a deployment that a stage serves could not be deleted before the stage. */
export const apigatewayv2Deployment = defineResource({
  type: 'AWS::ApiGatewayV2::Deployment',
  properties: structure({ApiId: required(string), Description: string}),
  createOnly: ['ApiId'],
  attributes: ['DeploymentId'],
  async create({ApiId: apiId, Description: description}, context) {
    const {deploymentId} = await context.call<{deploymentId: string}>('apigatewayv2', 'CreateDeployment', {
      apiId,
      description,
    });
    return {id: deploymentId, attributes: {DeploymentId: deploymentId}};
  },
  async update({id: deploymentId, attributes}, {ApiId: apiId, Description: description = ''}, context) {
    await context.call('apigatewayv2', 'UpdateDeployment', {apiId, deploymentId, description});
    return {id: deploymentId, attributes};
  },
  async delete({id: deploymentId, properties: {ApiId: apiId}}, context) {
    await context.call('apigatewayv2', 'DeleteDeployment', {apiId, deploymentId});
  },
});
