import {expect, test} from 'vitest';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {takeOver, unlistRole} from '../../../src/scaffold/options/take-over.ts';

/** Functions with these properties, all of which gear wrote. */
function service(...properties: readonly string[]) {
  const functions = properties.map(
    (given, index) => `  F${index}:
    Type: AWS::Lambda::Function
    Metadata: {Gear: {Entry: src/f${index}.ts, VpcReason: the orders database}}
    Properties: ${given}`,
  );
  return parseTemplate(['Resources:', ...functions, '  Q: {Type: AWS::SQS::Queue}'].join('\n'), 't.yaml');
}

const block = parseTemplate(
  `Resources:
  NotifyRole:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: notify
          PolicyDocument:
            Statement:
              - Sid: Logs
  NotifyFunction:
    Type: AWS::Lambda::Function
    Metadata:
      Gear:
        Entry: src/functions/notify/handler.ts
    Properties:
      Role: !GetAtt NotifyRole.Arn
`,
  'block.yaml',
);

test.each([
  ['no function at all', []],
  ['functions without options', ['{MemorySize: 256}']],
  ['functions of which one is not traced', ['{TracingConfig: {Mode: Active}}', '{MemorySize: 256}']],
  ['functions that only pass traces on', ['{TracingConfig: {Mode: PassThrough}}']],
])('a function that joins %s is as it always is', (_, properties) => {
  const {give, rows, notes} = takeOver(service(...properties));
  expect({text: give(block).text, rows: rows(block), notes}).toEqual({text: block.text, rows: [], notes: []});
});

test('a function joins the others in subnets that their author wrote', () => {
  const {give, rows} = takeOver(
    service(...Array(2).fill('{VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [!Ref B]}}')),
  );
  const config = '      VpcConfig: {"SubnetIds":[{"Ref":"A"}],"SecurityGroupIds":[{"Ref":"B"}]}\n';
  expect(give(block).text).toContain(`      Role: !GetAtt NotifyRole.Arn\n${config}`);
  expect(rows(block).map(({statement}) => statement)).toEqual(['NetworkInterfaces', 'Network']);
});

test('a function that joins others in different subnets is in none, and its author is told', () => {
  const {give, notes} = takeOver(service('{VpcConfig: {SubnetIds: [a]}}', '{VpcConfig: {SubnetIds: [b]}}'));
  expect(give(block).text).toBe(block.text);
  expect(notes).toEqual([expect.stringContaining('this one is not: they do not all have the same VpcConfig')]);
});

const named = (...roles: readonly string[]) =>
  parseTemplate(
    `Resources:
  NetworkForLambdaAlone:
    Type: AWS::IAM::Policy
    Properties:
      Roles:
${roles.map(role => `        - !Ref ${role}\n`).join('')}      PolicyName: network
`,
    't.yaml',
  );

test('a role that goes is named no longer, unless it is the last one', () => {
  expect(unlistRole(named('A', 'B', 'C'), 'B').text).toBe(named('A', 'C').text);
  expect(unlistRole(named('A', 'C'), 'B').text).toBe(named('A', 'C').text);
  expect(unlistRole(named('B'), 'B').text).toBe(named('B').text);
});
