import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {inventoryOf} from './inventory-of.ts';

const reason = 'queues are made at run time';
const ignore = `# gear-ignore iam/wildcard-resource until 2027-03-31: ${reason}`;

/** Two statements, with a comment in one place or another. */
const template = (places: Readonly<Record<string, string>>) => `Resources:
  ${places.aboveRole ?? '# The role.'}
  IngestRole: ${places.behindRole ?? ''}
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: ingest
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              ${places.aboveStatement ?? '# Sends.'}
              # Another comment may stand between.

              - Effect: Allow ${places.behindStatement ?? ''}
                Action:
                  ${places.aboveAction ?? '# Sends.'}
                  - sqs:SendMessage ${places.behindAction ?? ''}
                  - sqs:ReceiveMessage
                Resource: "*" ${places.behindResource ?? ''}
              - {Effect: Allow, Action: s3:GetObject, Resource: "*"} ${places.behindFlow ?? ''}
`;

async function ignoredActions(yaml: string): Promise<readonly unknown[]> {
  const {findings} = audit(await inventoryOf(yaml), rules, {today: '2026-11-21'});
  return findings
    .filter(({rule, suppressed}) => rule === 'iam/wildcard-resource' && suppressed !== null)
    .map(({evidence}) => evidence.action)
    .sort();
}

test.each<[keyof Parameters<typeof template>[0], readonly string[]]>([
  ['aboveRole', ['s3:GetObject', 'sqs:ReceiveMessage', 'sqs:SendMessage']],
  ['behindRole', ['s3:GetObject', 'sqs:ReceiveMessage', 'sqs:SendMessage']],
  ['aboveStatement', ['sqs:ReceiveMessage', 'sqs:SendMessage']],
  ['behindStatement', ['sqs:ReceiveMessage', 'sqs:SendMessage']],
  ['aboveAction', ['sqs:SendMessage']],
  ['behindAction', ['sqs:SendMessage']],
  ['behindResource', ['sqs:ReceiveMessage', 'sqs:SendMessage']],
  ['behindFlow', ['s3:GetObject']],
])('a comment %s is about what stands there and nothing else', async (place, actions) => {
  expect(await ignoredActions(template({[place]: ignore}))).toEqual(actions);
  expect(await ignoredActions(template({[place]: ignore}).replaceAll('\n', '\r\n'))).toEqual(actions);
});

test('the reason, the last day and the place of the comment come with the finding', async () => {
  const {findings} = audit(await inventoryOf(template({behindFlow: ignore})), rules, {today: '2026-11-21'});
  expect(findings.find(({evidence}) => evidence.action === 's3:GetObject')?.suppressed).toEqual({
    reason,
    expires: '2027-03-31',
    origin: {file: 'template.yaml', line: 23, column: 70},
  });
});

test.each([
  ['has run out', `# gear-ignore iam/wildcard-resource until 2026-11-20: ${reason}`],
  ['has no reason', '# gear-ignore iam/wildcard-resource'],
  ['has a date that is none', `# gear-ignore iam/wildcard-resource until 2027-02-30: ${reason}`],
  ['names another rule', `# gear-ignore iam/wildcard-action: ${reason}`],
  ['is no comment of gear', `# do not gear-ignore iam/wildcard-resource: ${reason}`],
])('a comment that %s ignores nothing', async (_, comment) => {
  expect(await ignoredActions(template({aboveRole: comment, behindFlow: comment}))).toEqual([]);
});

test('what only looks like a comment, inside a value, ignores nothing', async () => {
  const quoted = template({}).replace('Type: AWS::IAM::Role', `Type: AWS::IAM::Role\n    Description: "${ignore}"`);
  expect(await ignoredActions(quoted)).toEqual([]);
  const block = template({}).replace(
    '    Type: AWS::IAM::Role',
    `    Metadata:\n      Note: |\n        ${ignore}\n    Type: AWS::IAM::Role`,
  );
  expect(await ignoredActions(block)).toEqual([]);
});
