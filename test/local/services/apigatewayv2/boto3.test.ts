import {afterAll, beforeAll, expect, it} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../../../src/local/cloud.ts';
import {describeWithBoto3, printedBy} from '../../boto3.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
});
afterAll(() => cloud.close());

describeWithBoto3(() => {
  it('manages APIs and their parts', async () => {
    const script = new URL('apigatewayv2-boto3.py', import.meta.url);
    expect(await printedBy(script, cloud.connection)).toEqual({
      api: {
        ApiKeySelectionExpression: '$request.header.x-api-key',
        CorsConfiguration: {AllowOrigins: ['*']},
        DisableExecuteApiEndpoint: false,
        IpAddressType: 'ipv4',
        Name: 'orders',
        ProtocolType: 'HTTP',
        RouteSelectionExpression: expect.stringContaining('request.method'),
        Tags: {team: 'orders'},
      },
      created: true,
      apis: [true],
      updated: [
        'ApiEndpoint',
        'ApiId',
        'ApiKeySelectionExpression',
        'CreatedDate',
        'Description',
        'DisableExecuteApiEndpoint',
        'IpAddressType',
        'Name',
        'ProtocolType',
        'RouteSelectionExpression',
        'Tags',
        'Version',
      ],
      integration: {
        ConnectionType: 'INTERNET',
        IntegrationMethod: 'POST',
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
        PayloadFormatVersion: '2.0',
        TimeoutInMillis: 30_000,
      },
      timeout: [5000],
      authorizer: {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: {Audience: ['orders'], Issuer: 'https://id.example'},
        Name: 'renamed',
      },
      authorizers: 1,
      route: {ApiKeyRequired: false, AuthorizationScopes: ['a'], AuthorizationType: 'JWT', RouteKey: 'GET /orders'},
      pages: [1, 1, false],
      stage: {
        AutoDeploy: true,
        DefaultRouteSettings: {DetailedMetricsEnabled: false},
        RouteSettings: {},
        StageName: '$default',
        StageVariables: {a: '1', b: '2'},
        Tags: {},
      },
      settings: [{b: '2'}, {'GET /orders': {ThrottlingRateLimit: 2.5}}],
      stages: [['$default', {}]],
      deployments: [
        [false, 'changed'],
        [true, 'Automatic deployment triggered by changes to the Api configuration'],
      ],
      deployment: 'DEPLOYED',
      tags: {stage: 'test'},
      refusals: [
        ['NotImplemented', 'gear local does not implement WebSocket APIs'],
        ['NotImplemented', "gear local does not implement CreateApi's target"],
        ['NotImplemented', 'gear local does not implement integrations of type HTTP_PROXY'],
        ['NotImplemented', 'gear local does not implement the authorizationType AWS_IAM of routes'],
        ['ConflictException', 'Route with key GET /orders already exists for this API'],
        ['BadRequestException', expect.stringMatching(/^The provided route key is not formatted properly/)],
        ['BadRequestException', expect.stringMatching(/^The provided route key is not formatted properly/)],
        ['BadRequestException', expect.stringMatching(/^Invalid issuer: http:\/\/id\.example/)],
        ['BadRequestException', 'gear local does not implement $context.wafLatency in access logs'],
        ['ConflictException', expect.stringMatching(/^Cannot delete Integration '\w+', it is referenced by the route/)],
        ['ConflictException', expect.stringMatching(/^Cannot delete authorizer '\w+', it is referenced by the route/)],
        ['NotFoundException', 'Invalid API identifier specified none'],
        ['NotImplemented', 'gear local does not implement GET /v2/vpclinks of API Gateway'],
      ],
      left: [],
    });
  }, 30_000);
});
