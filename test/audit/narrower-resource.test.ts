import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {narrowerRemedy} from '../../src/audit/narrower-resource.ts';
import wildcardResource from '../../src/audit/rules/iam/wildcard-resource.ts';
import {inventoryOf} from './inventory-of.ts';

const template = (actions: string) => `
Resources:
  Receipts: {Type: AWS::S3::Bucket}
  Orders: {Type: AWS::DynamoDB::Table}
  Fast: {Type: AWS::SQS::Queue}
  Slow: {Type: AWS::SQS::Queue}
  Alerts: {Type: AWS::SNS::Topic}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: own
          PolicyDocument: {Statement: [{Effect: Allow, Action: [${actions}], Resource: "*"}]}
`;

const name = 'Name the one that this template has:';

test.each([
  ['s3:GetObject', [], `${name} !Sub \${Receipts.Arn}/*.`],
  ['s3:ListBucket', [], `${name} !GetAtt Receipts.Arn.`],
  ['dynamodb:Query', [], `${name} !GetAtt Orders.Arn.`],
  ['sns:Publish', [], `${name} !Ref Alerts.`],
  ['sqs:SendMessage', [], 'Name what it needs of this template: !GetAtt Fast.Arn, !GetAtt Slow.Arn.'],
  ['kinesis:PutRecord', [], undefined],
  ['cloudwatch:PutMetricData', ['xray:PutTraceSegments'], 'Narrow it by a condition on cloudwatch:namespace.'],
  [
    'translate:TranslateText',
    ['comprehend:DetectSentiment'],
    'Where every call names a resource, name it here; where some name none, it has to stay as it is.',
  ],
  [
    'sns:Publish',
    ['sqs:ListQueues'],
    `Split the statement: sqs:ListQueues knows no resource and keeps "*" in one of its own. ${name} !Ref Alerts.`,
  ],
  [
    'kinesis:PutRecord',
    ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    'Split the statement: xray:PutTraceSegments, xray:PutTelemetryRecords know no resource and keep "*" in one of their own. Name the resource for the others.',
  ],
])('%s beside %j is narrowed by the smallest change', async (action, others, remedy) => {
  const inventory = await inventoryOf(template([action, ...others].join(', ')));
  const {document} = inventory.policies[0]!;
  const [statement] = 'statements' in document ? document.statements : [];
  expect(narrowerRemedy(action, statement!, inventory)).toBe(remedy);
});

test('a statement of a policy template of SAM is replaced as a whole', async () => {
  const inventory = await inventoryOf(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Ingest:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs24.x, InlineCode: '', Policies: [CloudWatchPutMetricPolicy: {}]}
`);
  const {findings} = audit(inventory, [wildcardResource], {today: '2026-11-22', knownRules: []});
  expect(findings.map(({remedy}) => remedy)).toEqual([
    'Write a Statement instead of CloudWatchPutMetricPolicy, with the actions and the resources that are needed.',
  ]);
});
