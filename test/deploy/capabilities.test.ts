import {expect, test} from 'vitest';
import {capabilitiesFor} from '../../src/deploy/capabilities.ts';

const role = {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}}};
const named = {
  Type: 'AWS::IAM::Role',
  Properties: {...role.Properties, RoleName: {'Fn::Sub': '$' + '{AWS::StackName}-orders'}},
};
const both = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];

test.for([
  {
    title: 'no permissions',
    body: {Resources: {Orders: {Type: 'AWS::SQS::Queue', Properties: {QueueName: 'a'}}}},
    is: [],
  },
  {title: 'no resources', body: {}, is: []},
  {title: 'a role', body: {Resources: {Role: role}}, is: ['CAPABILITY_IAM']},
  {title: 'a role with a name', body: {Resources: {Role: role, Named: named}}, is: ['CAPABILITY_NAMED_IAM']},
  {
    title: 'a policy, whose name is not the account’s',
    body: {Resources: {Policy: {Type: 'AWS::IAM::Policy', Properties: {PolicyName: 'orders'}}}},
    is: ['CAPABILITY_IAM'],
  },
  {title: 'a user without properties', body: {Resources: {User: {Type: 'AWS::IAM::User'}}}, is: ['CAPABILITY_IAM']},
  {title: 'a nested stack', body: {Resources: {Nested: {Type: 'AWS::CloudFormation::Stack'}}}, is: both},
  {
    title: 'a macro for the template',
    body: {Transform: 'AWS::Serverless-2016-10-31', Resources: {}},
    is: [...both, 'CAPABILITY_AUTO_EXPAND'],
  },
  {
    title: 'a macro for a part of it',
    body: {Resources: {Orders: {Type: 'AWS::SQS::Queue', Properties: {'Fn::Transform': {Name: 'Tagged'}}}}},
    is: [...both, 'CAPABILITY_AUTO_EXPAND'],
  },
])('CloudFormation is told of $title', ({body, is}) => {
  expect(capabilitiesFor(body)).toEqual(is);
});
