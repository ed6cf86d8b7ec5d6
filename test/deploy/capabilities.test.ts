import {expect, test} from 'vitest';
import {capabilitiesFor} from '../../src/deploy/capabilities.ts';

const role = {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}}};
const named = {
  Type: 'AWS::IAM::Role',
  Properties: {...role.Properties, RoleName: {'Fn::Sub': '$' + '{AWS::StackName}-orders'}},
};
const macro = ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];
const stack = {Type: 'AWS::CloudFormation::Stack'};
const nested = (body: object, ...inner: Nested[]): Nested => ({
  logicalId: 'Nested',
  template: {body: {...body}},
  nested: inner,
});
type Nested = NonNullable<Parameters<typeof capabilitiesFor>[1]>[number];

test.for<{title: string; body: Record<string, unknown>; nested?: Nested[]; is: string[]}>([
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
  {title: 'a role without a mapping', body: {Resources: {Role: {...role, Properties: 'x'}}}, is: ['CAPABILITY_IAM']},
  {title: 'a user without properties', body: {Resources: {User: {Type: 'AWS::IAM::User'}}}, is: ['CAPABILITY_IAM']},
  {
    title: 'a nested stack whose template is elsewhere',
    body: {Resources: {Nested: stack}},
    is: ['CAPABILITY_NAMED_IAM'],
  },
  {title: 'a nested stack without permissions', body: {Resources: {Nested: stack}}, nested: [nested({})], is: []},
  {
    title: 'a role in a nested stack',
    body: {Resources: {Nested: stack}},
    nested: [nested({Resources: {Role: role}})],
    is: ['CAPABILITY_IAM'],
  },
  {
    title: 'a macro in a stack that a nested one nests',
    body: {Resources: {Nested: stack}},
    nested: [nested({Resources: {Nested: stack}}, nested({Transform: 'Tagged'}))],
    is: macro,
  },
  {
    title: 'a macro for the template',
    body: {Transform: 'AWS::Serverless-2016-10-31', Resources: {}},
    is: macro,
  },
  {
    title: 'a macro for a part of it',
    body: {Resources: {Orders: {Type: 'AWS::SQS::Queue', Properties: {'Fn::Transform': {Name: 'Tagged'}}}}},
    is: macro,
  },
])('CloudFormation is told of $title', ({body, nested, is}) => {
  expect(capabilitiesFor(body, nested)).toEqual(is);
});
