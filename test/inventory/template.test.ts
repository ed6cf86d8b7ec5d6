// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of CloudFormation look like this.
import {describe, expect, test} from 'vitest';
import {isUnresolved} from '../../src/model/resolvable.ts';
import {inventoryOf} from '../audit/inventory-of.ts';

const trust = `
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]`;

describe('SAM', () => {
  const sam = inventoryOf(`
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Timeout: 20, Runtime: nodejs24.x, VpcConfig: {SubnetIds: [subnet-a], SecurityGroupIds: [sg-a]}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Ingest:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: "x"
      Timeout: 30
      Tracing: Active
      Policies:
        - AmazonS3ReadOnlyAccess
        - SQSSendMessagePolicy: {QueueName: !GetAtt Orders.QueueName}
        - NoSuchPolicy: {}
        - Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "*"}]
      Events:
        Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}
        Api: {Type: HttpApi}
  Second:
    Type: AWS::Serverless::Function
    Properties: {InlineCode: "x", Role: !GetAtt IngestRole.Arn}
`);

  test('Globals hold where a function says nothing', async () => {
    const [ingest, second] = (await sam).functions;
    expect(ingest).toMatchObject({name: 'Ingest', timeout: 30, runtime: 'nodejs24.x', vpc: {subnets: ['subnet-a']}});
    expect(second).toMatchObject({name: 'Second', timeout: 20, memory: 128});
  });

  test('a function without a role has the one that SAM makes, with what SAM attaches to it', async () => {
    const {roles, functions} = await sam;
    expect(roles).toHaveLength(1);
    expect(roles[0]).toMatchObject({name: 'IngestRole', arn: functions[0]!.role});
    expect(functions[1]!.role).toBe(functions[0]!.role);
    expect(roles[0]!.managedPolicies.map(({arn}) => String(arn).split('/').at(-1))).toEqual([
      'AmazonS3ReadOnlyAccess',
      'AWSLambdaBasicExecutionRole',
      'AWSLambdaVPCAccessExecutionRole',
      'AWSXrayWriteOnlyAccess',
      'AWSLambdaSQSQueueExecutionRole',
    ]);
  });

  test('policy templates are expanded, and one that does not exist is not checked', async () => {
    const {policies, unread} = await sam;
    expect(policies[0]).toMatchObject({
      name: 'SQSSendMessagePolicy',
      resource: 'Ingest',
      document: {
        statements: [
          {actions: ['sqs:SendMessage*'], resources: ['arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Orders}']},
        ],
      },
      origin: {line: 15},
    });
    expect(policies[1]).toMatchObject({document: {statements: [{actions: ['s3:GetObject'], origin: {line: 17}}]}});
    expect(unread).toMatchObject([
      {rule: 'iam/*', resource: 'Ingest', reason: expect.stringContaining('NoSuchPolicy')},
    ]);
  });

  test('events are mappings or triggers', async () => {
    const {eventSourceMappings, functions} = await sam;
    expect(eventSourceMappings).toMatchObject([
      {name: 'Ingest.Orders', kind: 'sqs', functionArn: functions[0]!.arn, reportsBatchItemFailures: true},
    ]);
    expect(functions[0]!.triggers).toMatchObject([{kind: 'api', asynchronous: false}]);
  });
});

describe('what SAM adds', () => {
  const statementsOf = async (yaml: string) => {
    const {policies} = await inventoryOf(yaml);
    return policies.flatMap(({name, roles, document}) =>
      isUnresolved(document)
        ? []
        : document.statements.map(({actions, resources, origin}) => [
            name,
            roles.map(String).join().split('/')[1],
            actions.join(),
            resources.map(String).map(resource => resource.split(':').at(-1)),
            'line' in origin && origin.line,
          ]),
    );
  };

  test('to a role for a dead-letter queue, destinations and brokers stands where they are asked for', async () => {
    expect(
      await statementsOf(`
Resources:
  Dead: {Type: AWS::SQS::Queue}
  Ingest:
    Type: AWS::Serverless::Function
    Properties:
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Dead.Arn}
      EventInvokeConfig:
        DestinationConfig:
          OnFailure: {Type: SNS}
      Events:
        Orders:
          Type: MQ
          Properties:
            Broker: arn:aws:mq:eu-central-1:111122223333:broker:orders
            SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: 'arn:aws:secretsmanager:eu-central-1:1:secret:mq'}]
`),
    ).toEqual([
      ['DeadLetterQueuePolicy', '${IngestRole}', 'sqs:SendMessage', ['${Dead}'], 7],
      ['OnFailurePolicy', '${IngestRole}', 'sns:Publish', ['${Ingest.DestinationTopic.Arn}'], 10],
      ['OrdersPolicy', '${IngestRole}', 'secretsmanager:GetSecretValue', ['mq'], 12],
      ['OrdersPolicy', '${IngestRole}', 'mq:DescribeBroker', ['orders'], 12],
    ]);
  });

  test('for connectors, in a function or by themselves, goes to the role of the one that acts', async () => {
    expect(
      await statementsOf(`
Resources:
  Orders: {Type: AWS::DynamoDB::Table}
  Topic: {Type: AWS::SNS::Topic}
  Ingest:
    Type: AWS::Serverless::Function
    Connectors:
      Store: {Properties: {Destination: [{Id: Orders}], Permissions: [Read]}}
  Changes:
    Type: AWS::Serverless::Connector
    Properties: {Source: {Id: Orders}, Destination: {Id: Ingest}, Permissions: [Read]}
  Fan:
    Type: AWS::Serverless::Connector
    Properties: {Source: {Id: Topic}, Destination: {Id: Ingest}, Permissions: [Write]}
`),
    ).toEqual([
      [
        'IngestStorePolicy',
        '${IngestRole}',
        expect.stringContaining('dynamodb:GetItem,dynamodb:Query'),
        ['table/${Orders}', 'table/${Orders}/index/*'],
        8,
      ],
      [
        'ChangesPolicy',
        '${IngestRole}',
        expect.stringContaining('dynamodb:GetRecords'),
        ['table/${Orders}/stream/*'],
        11,
      ],
    ]);
  });

  test('from Globals is merged with what a function says: maps by member, lists one behind the other', async () => {
    const {functions} = await inventoryOf(`
Globals:
  Function:
    Layers: [arn:aws:lambda:eu-central-1:111122223333:layer:shared:1]
    VpcConfig: {SubnetIds: [subnet-1, subnet-2], SecurityGroupIds: [sg-1]}
    Timeout: 5
Resources:
  Ingest:
    Type: AWS::Serverless::Function
    Properties:
      Layers: [arn:aws:lambda:eu-central-1:111122223333:layer:own:2]
      VpcConfig: {SecurityGroupIds: [sg-2]}
      Timeout: 9
`);
    expect(functions).toMatchObject([
      {
        timeout: 9,
        layers: [expect.stringMatching(/shared:1$/), expect.stringMatching(/own:2$/)],
        vpc: {subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1', 'sg-2']},
      },
    ]);
  });
});

describe('roles', () => {
  test('have the policies that stand elsewhere and name them, managed ones once for all', async () => {
    const {policies, roles} = await inventoryOf(`
Resources:
  A:
    Type: AWS::IAM::Role
    Properties:${trust}
      ManagedPolicyArns: [!Ref Shared, arn:aws:iam::aws:policy/ReadOnlyAccess]
  B:
    Type: AWS::IAM::Role
    Properties:${trust}
  Shared:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Roles: [!Ref B]
      PolicyDocument: {Version: "2012-10-17", Statement: {Effect: Allow, Action: s3:GetObject, Resource: "*"}}
  Own:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: !Ref A
      PolicyName: own
      PolicyDocument: {Version: "2012-10-17", Statement: {Effect: Allow, Action: s3:PutObject, Resource: "*"}}
`);
    const [a, b] = roles.map(({arn}) => arn);
    expect(policies.map(({resource, roles: of}) => [resource, [...of].sort()])).toEqual([
      ['Shared', [a, b]],
      ['Own', [a]],
    ]);
    expect(roles[0]!.managedPolicies.map(({arn}) => arn)).toEqual(['arn:aws:iam::aws:policy/ReadOnlyAccess']);
  });

  test('a statement that cannot be read is noted, and its neighbours are read', async () => {
    const {policies, unread} = await inventoryOf(`
Resources:
  A:
    Type: AWS::IAM::Role
    Properties:${trust}
      Policies:
        - PolicyName: a
          PolicyDocument:
            Statement:
              - {Effect: Perhaps, Action: s3:GetObject, Resource: "*"}
              - !ImportValue SharedStatement
              - {Effect: Allow, Action: s3:GetObject, Resource: "*"}
        - PolicyName: b
          PolicyDocument: !ImportValue SharedPolicy
`);
    expect(policies[0]).toMatchObject({document: {statements: [{index: 2, actions: ['s3:GetObject']}]}});
    expect(policies[1]).toMatchObject({document: {unresolved: true}});
    expect(unread.map(({reason}) => reason)).toEqual([
      'a statement is malformed: Effect is "Perhaps"; it can be Allow or Deny',
      'the statement !ImportValue SharedStatement is not known: another stack exports it',
      'the policy !ImportValue SharedPolicy is not known: another stack exports it',
    ]);
  });
});

test('what a condition leaves out is not there', async () => {
  const inventory = await inventoryOf(`
Conditions: {Never: !Equals [a, b]}
Resources:
  Left: {Type: AWS::SQS::Queue, Condition: Never}
  Kept: {Type: AWS::SQS::Queue}
`);
  expect(inventory.queues.map(({name}) => name)).toEqual(['Kept']);
});

test('what only a macro, a nested stack or a connector would add is not checked', async () => {
  const {unread} = await inventoryOf(`
Transform: [AWS::Serverless-2016-10-31, Vendor::Macro, {Parameters: {}}]
Resources:
  Fn::ForEach::Queues: [Name, [A, B], {"Queue\${Name}": {Type: AWS::SQS::Queue}}]
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./nested.yaml}}
  Access: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Here}, Destination: {Id: Nowhere}}}
`);
  expect(unread.map(({rule, resource, reason}) => [rule, resource, reason])).toEqual([
    ['*', '', 'gear does not run the macro Vendor::Macro'],
    ['*', '', 'a macro has no name'],
    ['*', 'Fn::ForEach::Queues', 'Fn::ForEach needs the transform AWS::LanguageExtensions'],
    ['iam/*', 'Access', 'the ends of a connector are not resources of the template whose roles are known'],
    ['*', 'Nested', 'what is in the nested stack is not read: there is no ./nested.yaml'],
  ]);
});

test('a template with nothing in it, or with sections that are empty, has nothing to audit', async () => {
  for (const yaml of ['Resources: {}', 'Parameters:\nConditions:\nResources:\n', 'Description: x', 'Resources: [1]\n'])
    expect(await inventoryOf(yaml)).toMatchObject({functions: [], roles: [], unread: []});
});
