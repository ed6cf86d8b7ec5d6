import {document, required, string, structure} from '../../shape.ts';
import {policyText} from '../policy-text.ts';
import {defineResource} from '../resource-type.ts';

export const iamRolePolicy = defineResource({
  type: 'AWS::IAM::RolePolicy',
  capability: 'CAPABILITY_IAM',
  properties: structure({
    PolicyName: required(string),
    PolicyDocument: required(document),
    RoleName: required(string),
  }),
  createOnly: ['PolicyName', 'RoleName'],
  attributes: [],
  async create({PolicyName, PolicyDocument, RoleName}, context) {
    await context.call('iam', 'PutRolePolicy', {RoleName, PolicyName, PolicyDocument: policyText(PolicyDocument)});
    return {id: `${PolicyName}|${RoleName}`};
  },
  async update({id}, {PolicyName, PolicyDocument, RoleName}, context) {
    await context.call('iam', 'PutRolePolicy', {RoleName, PolicyName, PolicyDocument: policyText(PolicyDocument)});
    return {id};
  },
  async delete({properties: {PolicyName, RoleName}}, context) {
    await context.call('iam', 'DeleteRolePolicy', {RoleName, PolicyName});
  },
});
