// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of CloudFormation look like this.
import {describe, expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {valueAt} from '../../src/inventory/template/value.ts';
import {isUnresolved} from '../../src/model/resolvable.ts';

const surroundings = `
Parameters:
  Stage: {Type: String, Default: dev}
  Bucket: {Type: String}
  Subnets: {Type: CommaDelimitedList, Default: "a, b"}
  Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /images/latest}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsNotProd: !Not [!Condition IsProd]
  InFrankfurt: !Equals [!Ref "AWS::Region", eu-central-1]
  ProdInFrankfurt: !And [!Condition IsProd, !Condition InFrankfurt]
  Circular: !Not [!Condition Circular]
Mappings:
  Sizes: {dev: {memory: 128}, prod: {memory: 1024}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Named: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "orders-\${Stage}"}}
  Rows: {Type: AWS::DynamoDB::Table}
  Alerts: {Type: AWS::SNS::Topic}
  Ingest: {Type: AWS::Serverless::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Ingest}}
  Odd: {Type: Vendor::Thing::Odd}
`;

function read(yaml: string, parameters: Record<string, string> = {}) {
  const template = parseTemplate(`${surroundings}Tested:\n  Value: ${yaml}\n`, 'template.yaml');
  const {Tested: tested} = template.body as {Tested: {Value: unknown}};
  return valueAt(tested.Value, ['Tested', 'Value'], {template, parameters});
}

describe('a value that is known', () => {
  test.each([
    ['!Ref Stage', 'dev'],
    ['!Sub "table/${Stage}"', 'table/dev'],
    ['!Sub ["${A}-${Stage}", {A: !Ref Stage}]', 'dev-dev'],
    ['!Sub "${!aws:username}"', '${aws:username}'],
    ['!Ref Subnets', ['a', 'b']],
    ['!Select [1, !Ref Subnets]', 'b'],
    ['!Select [0, !Split ["-", "x-y"]]', 'x'],
    ['!Join [":", [a, !Ref Stage]]', 'a:dev'],
    ['!FindInMap [Sizes, !Ref Stage, memory]', 128],
    ['!If [IsProd, 10, 20]', 20],
    ['!If [IsNotProd, {Deep: !Ref Stage}, 20]', {Deep: 'dev'}],
    ['!If [ProdInFrankfurt, 10, 20]', 20],
    ['[1, !If [IsProd, 2, !Ref "AWS::NoValue"], 3]', [1, 3]],
    ['{A: !Ref "AWS::NoValue", B: 1}', {B: 1}],
    ['!GetAtt Orders.Arn', 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Orders}'],
    ['!GetAtt Named.Arn', 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders-dev'],
    ['!GetAtt Rows.StreamArn', 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Rows}/stream/${Rows}'],
    ['!Sub "arn:${AWS::Partition}:s3:::${Bucket}/*"', 'arn:aws:s3:::${Bucket}/*'],
    ['!Ref Alerts', 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:${Alerts}'],
    ['!Ref Live', 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Ingest}:${Live}'],
    ['!Ref Ingest.Alias', 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Ingest}:${Ingest.Alias}'],
    ['!GetAtt IngestRole.Arn', 'arn:aws:iam::${AWS::AccountId}:role/${IngestRole}'],
    ['!GetAtt Odd.Arn', '${Odd.Arn}'],
  ])('%s', (yaml, expected) => {
    expect(read(yaml).plain()).toEqual(expected);
  });

  test('a parameter that is given comes before its default', () => {
    expect(read('!FindInMap [Sizes, !Ref Stage, memory]', {Stage: 'prod'}).number()).toBe(1024);
    expect(read('!If [IsProd, 10, 20]', {Stage: 'prod'}).number()).toBe(10);
  });
});

describe('a value that is not known says what stands there and why', () => {
  test.each([
    ['!Ref Bucket', '!Ref Bucket', /parameter Bucket has no default/],
    ['!Ref Image', '!Ref Image', /looked up when the stack is deployed/],
    ['!Ref Missing', '!Ref Missing', /has no Missing/],
    ['!GetAtt Missing.Arn', '!GetAtt Missing.Arn', /has no Missing/],
    ['!Sub "${Bucket}"', '!Ref Bucket', /no default/],
    ['!ImportValue Shared', '!ImportValue Shared', /another stack/],
    ['!If [InFrankfurt, 1, 2]', '${AWS::Region}', /when the stack is deployed/],
    ['!If [Circular, 1, 2]', 'the condition Circular', /refers to itself/],
    ['!If [Missing, 1, 2]', 'the condition Missing', /no condition Missing/],
    ['!If [!Equals [a, b], 1, 2]', 'a condition', /takes the name of one in Conditions/],
    ['!FindInMap [Sizes, !Ref "AWS::Region", memory]', '!FindInMap [Sizes, ${AWS::Region}, memory]', /where the stack/],
    ['"{{resolve:ssm:/orders/table}}"', '{{resolve:ssm:/orders/table}}', /looked up/],
    ['!Cidr [10.0.0.0/16, 2, 8]', '!Cidr', /does not evaluate Fn::Cidr/],
  ])('%s', (yaml, text, reason) => {
    const value = read(yaml).text();
    expect(value).toMatchObject({unresolved: true, text, reason: expect.stringMatching(reason)});
  });

  test('a number that is none', () => {
    expect(isUnresolved(read('soon').number())).toBe(true);
  });
});

test('a value inside a chosen branch keeps its own position', () => {
  const template = parseTemplate(
    'Conditions: {A: !Equals [a, a]}\nTested: !If\n  - A\n  - Statement:\n      - Action: x\n  - none\n',
    'template.yaml',
  );
  const value = valueAt(template.body.Tested, ['Tested'], {template, parameters: {}});
  expect(value.at('Statement').at(0).at('Action').origin).toEqual({file: 'template.yaml', line: 5, column: 9});
});
