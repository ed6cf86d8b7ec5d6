import {describe, expect, test} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {functionHash} from '../../src/deploy/function-hash.ts';

const template = `
Parameters:
  Memory: {Type: Number, Default: 256}
  Level: {Type: String, Default: INFO}
  Token: {Type: String, Default: none, NoEcho: true}
Conditions:
  IsLoud: !Equals [!Ref Level, DEBUG]
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Save:
    Type: AWS::Lambda::Function
    Properties:
      Description: Saves orders
      Code: ./dist/save
      Handler: index.handler
      Role: !GetAtt SaveRole.Arn
      MemorySize: !Ref Memory
      Timeout: 10
      Environment:
        Variables:
          QUEUE: !Ref Orders
          TABLE: !Sub "\${AWS::StackName}-orders"
          LEVEL: !If [IsLoud, all, some]
          TOKEN: !Ref Token
  SaveRole: {Type: AWS::IAM::Role, Properties: {}}
`;

interface Given {
  readonly text?: string;
  readonly zip?: string;
  readonly stack?: string;
  readonly parameters?: Record<string, string>;
}

function hash({text = template, zip = 'aa', stack = 'shop', parameters = {}}: Given = {}): string {
  const settings = {stackName: stack, account: '123456789012', region: 'eu-central-1', parameters};
  return functionHash(parseTemplate(text, 'template.yaml'), 'Save', zip, settings);
}

const changed = (from: string, to: string) => {
  expect(template).toContain(from);
  return {text: template.replace(from, to)};
};

describe('a version holds the same after', () => {
  test.each<[string, Given]>([
    ['nothing', {}],
    ['a comment', changed('Timeout: 10', 'Timeout: 10 # as long as the queue allows')],
    ['another layout', changed('      Timeout: 10\n', '\n      Timeout:   10\n')],
    [
      'another order of keys',
      changed(
        '      Handler: index.handler\n      Role: !GetAtt SaveRole.Arn\n',
        '      Role: !GetAtt SaveRole.Arn\n      Handler: index.handler\n',
      ),
    ],
    ['another spelling', changed('!GetAtt SaveRole.Arn', '{Fn::GetAtt: [SaveRole, Arn]}')],
    ['a number as text', changed('Timeout: 10', 'Timeout: "10"')],
    ['a value that the parameter has by default', {parameters: {Memory: '256'}}],
    ['the value that a parameter has, written out', changed('!Ref Memory', '256')],
    ['a parameter that leaves the condition as it is', {parameters: {Level: 'WARN'}}],
    ['another folder for the same package', changed('./dist/save', './build/save')],
    ['another description of the function', changed('Saves orders', 'Saves every order')],
    ['tags', changed('      Timeout: 10\n', '      Timeout: 10\n      Tags: [{Key: team, Value: shop}]\n')],
    [
      'a concurrency of its own',
      changed('      Timeout: 10\n', '      Timeout: 10\n      ReservedConcurrentExecutions: 5\n'),
    ],
    ['another resource', changed('Resources:\n', 'Resources:\n  Other: {Type: AWS::SQS::Queue}\n')],
    [
      'other properties of what it refers to',
      changed('Type: AWS::SQS::Queue', 'Type: AWS::SQS::Queue, Properties: {DelaySeconds: 1}'),
    ],
    ['a secret, which CloudFormation does not show', {parameters: {Token: 'other'}}],
  ])('%s', (_, given) => {
    expect(hash(given)).toBe(hash());
  });
});

describe('a version holds something else after', () => {
  test.each<[string, Given]>([
    ['other code', {zip: 'bb'}],
    ['more memory', changed('!Ref Memory', '512')],
    ['another value of a parameter', {parameters: {Memory: '512'}}],
    ['another default', changed('Default: 256', 'Default: 512')],
    ['a parameter that turns a condition', {parameters: {Level: 'DEBUG'}}],
    ['a variable more', changed('          QUEUE:', '          REGION: here\n          QUEUE:')],
    ['another resource in a variable', changed('QUEUE: !Ref Orders', 'QUEUE: !GetAtt Orders.Arn')],
    ['another stack, whose name is in a variable', {stack: 'shop-test'}],
  ])('%s', (_, given) => {
    expect(hash(given)).not.toBe(hash());
  });
});

test('what cannot be worked out before the stack is there counts as it is written', () => {
  const part = (index: number) =>
    changed('QUEUE: !Ref Orders', `QUEUE: !Select [${index}, !Split [":", !GetAtt Orders.Arn]]`);
  expect(hash(part(5))).toBe(hash(part(5)));
  expect(hash(part(5))).not.toBe(hash(part(4)));
});
