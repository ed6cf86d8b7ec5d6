import {expect, vi} from 'vitest';
import {type LocalCloud, type LocalCloudOptions, startLocalCloud} from '../../../src/local/cloud.ts';
import {developer} from '../harness.ts';

/** A cloud with HTTP APIs that were deployed by a template. */
export interface ApiCloud {
  readonly cloud: LocalCloud;
  /** What a person would see of the daemon. */
  readonly warnings: string[];
  call<T = Record<string, unknown>>(service: string, operation: string, input?: object): Promise<T>;
  /** Creates or updates the stack, and answers its outputs. */
  deploy(template: object, stack?: string): Promise<Record<string, string>>;
}

export async function startApiCloud(options: Pick<LocalCloudOptions, 'clock'> = {}): Promise<ApiCloud> {
  const warnings: string[] = [];
  const cloud = await startLocalCloud({...options, log: line => warnings.push(line)});
  const call = <T = Record<string, unknown>>(service: string, operation: string, input: object = {}) =>
    cloud.access.call<T>(developer, service, operation, input);
  const describe = async (StackName: string) => {
    const {Stacks} = await call<{
      Stacks: {StackStatus: string; Outputs?: {OutputKey: string; OutputValue: string}[]}[];
    }>('cloudformation', 'DescribeStacks', {StackName});
    return Stacks[0]!;
  };
  const failures = async (StackName = 'orders') => {
    const {StackEvents} = await call<{StackEvents: Record<string, string>[]}>('cloudformation', 'DescribeStackEvents', {
      StackName,
    });
    return StackEvents.filter(({ResourceStatus}) => ResourceStatus!.endsWith('FAILED')).map(
      ({LogicalResourceId, ResourceStatusReason}) => `${LogicalResourceId}: ${ResourceStatusReason}`,
    );
  };
  return {
    cloud,
    warnings,
    call,
    async deploy(template, StackName = 'orders') {
      const exists = await describe(StackName).then(
        () => true,
        () => false,
      );
      await call('cloudformation', exists ? 'UpdateStack' : 'CreateStack', {
        StackName,
        TemplateBody: JSON.stringify(template),
        Capabilities: ['CAPABILITY_IAM'],
      });
      await vi.waitFor(async () => expect((await describe(StackName)).StackStatus).not.toMatch(/PROGRESS$/), {
        timeout: 20_000,
        interval: 20,
      });
      expect(await failures(StackName)).toEqual([]);
      return Object.fromEntries(
        ((await describe(StackName)).Outputs ?? []).map(({OutputKey, OutputValue}) => [OutputKey, OutputValue]),
      );
    },
  };
}

export const ref = (Ref: string) => ({Ref});
export const getAtt = (resource: string, attribute: string) => ({'Fn::GetAtt': [resource, attribute]});
export const sub = (text: string) => ({'Fn::Sub': text});

/** A role that may write its logs, and a function of inline source with it. */
export function functionResources(name: string, source: string): Record<string, object> {
  return {
    [`${name}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
        },
        Policies: [
          {
            PolicyName: 'logs',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
                  Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/*',
                },
              ],
            },
          },
        ],
      },
    },
    [name]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: getAtt(`${name}Role`, 'Arn'),
        Timeout: 10,
        Code: {ZipFile: source},
      },
    },
  };
}

/** `api/POST/orders` under the API's own ARN. */
export function permission(functionName: object, source: string): object {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: functionName,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${source}`),
    },
  };
}

export const api = (properties: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Api',
  Properties: {Name: 'orders', ProtocolType: 'HTTP', ...properties},
});
export const stage = (properties: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: {ApiId: ref('Api'), StageName: '$default', AutoDeploy: true, ...properties},
});
export const integration = (uri: object, properties: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: ref('Api'),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: uri,
    PayloadFormatVersion: '2.0',
    ...properties,
  },
});
export const route = (RouteKey: string, target: string, properties: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {ApiId: ref('Api'), RouteKey, Target: sub(`integrations/\${${target}}`), ...properties},
});
