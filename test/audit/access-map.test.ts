import {describe, expect, test} from 'vitest';
import {accessMap} from '../../src/audit/access-map.ts';
import {inventoryOf} from './inventory-of.ts';

const trust =
  '{Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}';

async function mapOf(statements: string, role = '') {
  const inventory = await inventoryOf(`
Parameters: {Elsewhere: {Type: String}}
Resources:
  OrdersQueue: {Type: AWS::SQS::Queue}
  ReceiptsBucket: {Type: AWS::S3::Bucket}
  IngestLogs: {Type: AWS::Logs::LogGroup}
  IngestRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${trust}
      ${role}
      Policies:
        - PolicyName: ingest
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [${statements}]
  Ingest:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Code: {ZipFile: 'exports.handler = async () => {}'}
      Role: !GetAtt IngestRole.Arn
      LoggingConfig: {LogGroup: !Ref IngestLogs}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Ingest, EventSourceArn: !GetAtt OrdersQueue.Arn}
`);
  return accessMap(inventory, 'template.yaml');
}

test('a function has its role and its triggers by the names of the template', async () => {
  const {functions} = await mapOf('{Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt OrdersQueue.Arn}');
  expect(functions).toMatchObject([
    {name: 'Ingest', role: 'IngestRole', triggers: [{kind: 'queue', name: 'OrdersQueue'}]},
  ]);
});

describe('a role reaches', () => {
  test.each<[string, string, object[]]>([
    [
      'a resource of the template by its name, with the actions of all statements',
      '{Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt OrdersQueue.Arn}, {Effect: Allow, Action: sqs:ReceiveMessage, Resource: !GetAtt OrdersQueue.Arn}',
      [{kind: 'named', service: 'sqs', resource: 'OrdersQueue', actions: ['sqs:ReceiveMessage', 'sqs:SendMessage']}],
    ],
    [
      'what lies below one',
      '{Effect: Allow, Action: s3:GetObject, Resource: !Join ["", [!GetAtt ReceiptsBucket.Arn, "/incoming/*"]]}',
      [{kind: 'named', service: 's3', resource: 'ReceiptsBucket/incoming/*', everyAction: false}],
    ],
    [
      'everything by a star, and nothing in particular where actions have to have one',
      '{Effect: Allow, Action: [s3:GetObject, xray:PutTraceSegments], Resource: "*"}',
      [
        {kind: 'any', actions: ['s3:GetObject']},
        {kind: 'unnamed', actions: ['xray:PutTraceSegments']},
      ],
    ],
    [
      'every action of a service',
      '{Effect: Allow, Action: "sqs:*", Resource: !GetAtt OrdersQueue.Arn}',
      [{kind: 'named', everyAction: true}],
    ],
    [
      'all but what it names',
      '{Effect: Allow, NotAction: "iam:*", Resource: "*"}',
      [{kind: 'any', everyAction: true, actions: ['all but iam:*']}],
    ],
    [
      'its own log group',
      '{Effect: Allow, Action: logs:PutLogEvents, Resource: !GetAtt IngestLogs.Arn}',
      [{kind: 'own-logs', service: 'logs'}],
    ],
    [
      'what cannot be told from here',
      '{Effect: Allow, Action: sqs:SendMessage, Resource: !Ref Elsewhere}',
      [{kind: 'unknown', resource: '!Ref Elsewhere'}],
    ],
    [
      'something only under conditions, unless another statement has none',
      '{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::a/*", Condition: {Bool: {"aws:SecureTransport": "true"}}}, {Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::b/*", Condition: {Bool: {"aws:SecureTransport": "true"}}}, {Effect: Allow, Action: s3:PutObject, Resource: "arn:aws:s3:::b/*"}',
      [
        {resource: 'a/*', conditional: true},
        {resource: 'b/*', conditional: false},
      ],
    ],
    [
      'nothing that is denied without conditions',
      '{Effect: Allow, Action: [sqs:SendMessage, sqs:PurgeQueue], Resource: !GetAtt OrdersQueue.Arn}, {Effect: Deny, Action: "sqs:Purge*", Resource: "*"}',
      [{resource: 'OrdersQueue', actions: ['sqs:SendMessage']}],
    ],
  ])('%s', async (_, statements, expected) => {
    const {roles} = await mapOf(statements);
    expect(roles[0]!.reaches).toMatchObject(expected);
  });
});

test('what the map leaves out is noted on the role', async () => {
  const {roles} = await mapOf(
    '{Effect: Deny, Action: sqs:PurgeQueue, Resource: "*"}',
    'PermissionsBoundary: !Ref Elsewhere\n      ManagedPolicyArns: ["arn:aws:iam::111122223333:policy/own"]',
  );
  expect(roles[0]!.notes).toEqual([
    '1 policy could not be read',
    '1 statement that denies is not drawn',
    'a permissions boundary narrows this further',
  ]);
});
