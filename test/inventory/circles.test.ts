import {expect, it} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';

const trust = '{Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}';

it.each([
  [
    'a role that is named after its own ARN',
    `Role: {Type: AWS::IAM::Role, Properties: {RoleName: !GetAtt Role.Arn, AssumeRolePolicyDocument: ${trust}}}`,
  ],
  [
    'two queues that are named after each other',
    'One: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Other, RedrivePolicy: {deadLetterTargetArn: !GetAtt Other.Arn}}}\n' +
      '  Other: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref One, RedrivePolicy: {deadLetterTargetArn: !GetAtt One.Arn}}}',
  ],
  [
    'an alias of itself',
    'Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Live}}\n' +
      '  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Live}}',
  ],
  [
    'a condition that chooses by itself',
    'Queue: {Type: AWS::SQS::Queue, Condition: Circular}\nConditions: {Circular: !Equals [!If [Circular, a, b], a]}',
  ],
  [
    'types and names that every object of JavaScript has',
    'constructor: {Type: toString, Properties: {A: !Ref hasOwnProperty}}\n' +
      '  Queue: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt constructor.Arn, maxReceiveCount: 1}}}',
  ],
])('reads %s', async (_, resources) => {
  const inventory = await readTemplateInventory(parseTemplate(`Resources:\n  ${resources}\n`, 'template.yaml'));
  const {notChecked} = audit(inventory, rules, {today: '2026-11-22'});
  expect(notChecked.filter(({reason}) => reason.startsWith('the rule failed'))).toEqual([]);
});

it('takes no construct for that of a resource called constructor', async () => {
  const template = parseTemplate('Resources: {constructor: {Type: AWS::SQS::Queue}}', 'template.yaml');
  const {findings} = audit(await readTemplateInventory(template), rules, {today: '2026-11-22'});
  expect(findings.filter(finding => 'construct' in finding)).toEqual([]);
});
