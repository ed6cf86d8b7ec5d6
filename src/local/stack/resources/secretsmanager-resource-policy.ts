import {boolean, document, required, string, structure} from '../../shape.ts';
import {policyText} from '../policy-text.ts';
import {defineResource} from '../resource-type.ts';

export const secretsmanagerResourcePolicy = defineResource({
  type: 'AWS::SecretsManager::ResourcePolicy',
  properties: structure({
    BlockPublicPolicy: boolean,
    ResourcePolicy: required(document),
    SecretId: required(string),
  }),
  createOnly: ['SecretId'],
  attributes: ['Id'],
  async create({ResourcePolicy, ...policy}, context) {
    const {ARN} = await context.call<{ARN: string}>('secretsmanager', 'PutResourcePolicy', {
      ...policy,
      ResourcePolicy: policyText(ResourcePolicy),
    });
    return {id: ARN, attributes: {Id: ARN}};
  },
  async update({id, attributes}, {ResourcePolicy, ...policy}, context) {
    await context.call('secretsmanager', 'PutResourcePolicy', {...policy, ResourcePolicy: policyText(ResourcePolicy)});
    return {id, attributes};
  },
  async delete({id: SecretId}, context) {
    await context.call('secretsmanager', 'DeleteResourcePolicy', {SecretId});
  },
});
