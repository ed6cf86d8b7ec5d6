import {expect, test} from 'vitest';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {pointAtAlias} from '../../../src/scaffold/options/point-at-alias.ts';

const functions = `Resources:
  Save: {Type: AWS::Lambda::Function, Properties: {}}
  Other: {Type: AWS::Lambda::Function, Properties: {}}
`;

function pointed(resource: string): string {
  const template = parseTemplate(`${functions}${resource}`, 'template.yaml');
  return pointAtAlias(template, {id: 'Save', alias: 'SaveAlias', aliasName: 'live'}).text.slice(functions.length);
}

const mapping = (to: string) => `
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: ${to} # the one that saves
      BatchSize: 10
`;
const role = (action: string, to: string) => `
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: schedule
          PolicyDocument:
            Statement:
              - Action: [${action}]
                Resource: ${to}
`;
const authorizer = (name: string) =>
  flow(
    'AWS::ApiGatewayV2::Authorizer',
    `{AuthorizerUri: !Sub "arn:aws:apigateway:x:lambda:path/\${${name}}/invocations"}`,
  );
const flow = (type: string, properties: string) => `  Caller: {Type: ${type}, Properties: ${properties}}\n`;

test.each<[string, string, string]>([
  ['an event source mapping', mapping('!Ref Save'), mapping('!Ref SaveAlias')],
  ['one in the long form', mapping('{Fn::GetAtt: [Save, Arn]}'), mapping('!Ref SaveAlias')],
  [
    'a role that may invoke it',
    role('lambda:InvokeFunction', '!GetAtt Save.Arn'),
    role('lambda:InvokeFunction', '!Ref SaveAlias'),
  ],
  [
    'two targets of a rule',
    flow('AWS::Events::Rule', '{Targets: [{Id: a, Arn: !GetAtt Save.Arn}, {Id: b, Arn: !GetAtt Other.Arn}]}'),
    flow('AWS::Events::Rule', '{Targets: [{Id: a, Arn: !Ref SaveAlias}, {Id: b, Arn: !GetAtt Other.Arn}]}'),
  ],
  [
    'a bucket',
    flow(
      'AWS::S3::Bucket',
      '{NotificationConfiguration: {LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !GetAtt Save.Arn}]}}',
    ),
    flow(
      'AWS::S3::Bucket',
      '{NotificationConfiguration: {LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !Ref SaveAlias}]}}',
    ),
  ],
  [
    'a subscription',
    flow('AWS::SNS::Subscription', '{Protocol: lambda, Endpoint: !GetAtt Save.Arn}'),
    flow('AWS::SNS::Subscription', '{Protocol: lambda, Endpoint: !Ref SaveAlias}'),
  ],
  ['an authorizer', authorizer('Save.Arn'), authorizer('SaveAlias')],
  [
    'what becomes of asynchronous invocations',
    '  Failures:\n    Type: AWS::Lambda::EventInvokeConfig\n    Properties:\n      FunctionName: !Ref Save\n      Qualifier: $LATEST\n',
    '  Failures:\n    Type: AWS::Lambda::EventInvokeConfig\n    Properties:\n      FunctionName: !Ref Save\n      Qualifier: live\n    DependsOn: SaveAlias\n',
  ],
])('%s is for the alias', (_, before, after) => {
  expect(pointed(before)).toBe(after);
});

test.each([
  ['another function', mapping('!Ref Other')],
  [
    'an alarm, which watches both versions',
    flow('AWS::CloudWatch::Alarm', '{Dimensions: [{Name: FunctionName, Value: !Ref Save}]}'),
  ],
  ['a role that may do something else with it', role('lambda:GetFunction', '!GetAtt Save.Arn')],
])('%s stays', (_, resource) => {
  expect(pointed(resource)).toBe(resource);
});
