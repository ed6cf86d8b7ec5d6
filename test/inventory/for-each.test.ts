// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of CloudFormation look like this.
import {describe, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {inventoryOf} from '../audit/inventory-of.ts';

const template = (resources: string, {transform = 'AWS::LanguageExtensions', sections = ''} = {}) =>
  `Transform: ${transform}\n${sections}Resources:\n${resources}`;

const queues = `  Fn::ForEach::Queues:
    - Name
    - [Orders, Returns]
    - \${Name}Queue:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: !Sub "shop-\${Name}"
`;

const roles = (collection: string) => `  Fn::ForEach::Roles:
    - Name
    - ${collection}
    - Role\${Name}:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
          Policies:
            - PolicyName: !Ref Name
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: sqs:SendMessage
                    Resource: "*"
`;

describe('Fn::ForEach', () => {
  test('makes a resource for each value, by its name', async () => {
    const {queues: found, unread} = await inventoryOf(template(queues));
    expect(found.map(({name, arn}) => [name, arn])).toEqual([
      ['OrdersQueue', expect.stringMatching(/:shop-Orders$/)],
      ['ReturnsQueue', expect.stringMatching(/:shop-Returns$/)],
    ]);
    expect(unread).toEqual([]);
  });

  test('has findings in each copy, at the place in its body', async () => {
    const {findings} = audit(await inventoryOf(template(roles('[A, B]'))), rules, {today: '2026-11-22'});
    const wildcards = findings.filter(({rule}) => rule === 'iam/wildcard-resource');
    expect(wildcards.map(({resource, origin}) => [resource, origin])).toEqual([
      ['RoleA', expect.objectContaining({line: 15})],
      ['RoleB', expect.objectContaining({line: 15})],
    ]);
  });

  test('is ignored for all copies by one comment', async () => {
    const ignored = roles('[A, B]').replace(
      '                    Resource',
      '                    # gear-ignore iam/wildcard-resource: they are made at run time\n                    Resource',
    );
    const {findings} = audit(await inventoryOf(template(ignored)), rules, {today: '2026-11-22'});
    const wildcards = findings.filter(({rule}) => rule === 'iam/wildcard-resource');
    expect(wildcards.map(({suppressed}) => suppressed !== null)).toEqual([true, true]);
  });

  test.each([
    ['a parameter with a default', 'Parameters: {Names: {Type: CommaDelimitedList, Default: "A, B"}}\n', '!Ref Names'],
    ['a mapping', 'Mappings: {All: {Of: {Names: [A, B]}}}\n', '!FindInMap [All, Of, Names]'],
    ['several', 'Parameters: {One: {Type: String, Default: A}}\n', '[!Ref One, B]'],
  ])('goes over %s', async (_, sections, collection) => {
    const inventory = await inventoryOf(template(roles(collection), {sections}));
    expect(inventory.roles.map(({name}) => name)).toEqual(['RoleA', 'RoleB']);
  });

  test('stands in loops and in properties', async () => {
    const {queues: found} = await inventoryOf(
      template(`  Fn::ForEach::Stages:
    - Stage
    - [dev, prod-eu]
    - Fn::ForEach::Names:
        - Name
        - [Orders]
        - Queue&{Stage}\${Name}:
            Type: AWS::SQS::Queue
            Properties:
              Fn::ForEach::Settings:
                - Setting
                - [QueueName]
                - \${Setting}: \${Stage}-\${Name}
`),
    );
    expect(found.map(({name, arn}) => [name, arn])).toEqual([
      ['QueuedevOrders', expect.stringMatching(/:dev-Orders$/)],
      ['QueueprodeuOrders', expect.stringMatching(/:prod-eu-Orders$/)],
    ]);
  });

  test('over what is not known is not checked', async () => {
    const sections = 'Parameters: {Names: {Type: CommaDelimitedList}}\n';
    const {roles: found, unread} = await inventoryOf(template(roles('!Ref Names'), {sections}));
    expect(found).toEqual([]);
    expect(unread).toMatchObject([
      {
        rule: '*',
        resource: 'Fn::ForEach::Roles',
        reason: expect.stringMatching(
          /^gear does not expand Fn::ForEach over what it does not know: the parameter Names/,
        ),
        origin: {line: 4},
      },
    ]);
  });
});

test('what a macro would add to members is not checked', async () => {
  const include = '{"Fn::Transform": {Name: AWS::Include, Parameters: {Location: s3://b/k}}, QueueName: x}';
  const {unread} = await inventoryOf(template(`  Queue: {Type: AWS::SQS::Queue, Properties: ${include}}\n`));
  expect(unread).toMatchObject([
    {
      rule: '*',
      resource: 'Queue',
      reason: 'what AWS::Include brings is not read: s3://b/k is not a file on this machine',
    },
  ]);
});

test.each([
  ['whole', '"{{resolve:ssm:/name}}"', {reason: 'it is looked up when the stack is deployed'}],
  [
    'made by Fn::Sub',
    '!Sub "{{resolve:ssm:/${AWS::StackName}/name}}"',
    {reason: 'it is looked up when the stack is deployed'},
  ],
  ['in a longer text', '"orders-{{resolve:ssm:/stage}}"', 'orders-${resolve:ssm:/stage}'],
])('a dynamic reference is not known: %s', async (_, value, expected) => {
  const {functions} = await inventoryOf(
    template(
      `  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: a, Handler: ${value}, Environment: {Variables: {V: ${value}}}}}\n`,
    ),
  );
  const [variable] = functions[0]!.environment as readonly {readonly value: unknown}[];
  if (typeof expected === 'string') expect(variable!.value).toBe(expected);
  else expect(variable!.value).toMatchObject(expected);
});

test.each([
  ['Fn::Length', '!Join ["", [q, {"Fn::Length": [a, b, c]}]]', 'q3'],
  ['Fn::Length of a parameter', '!Join ["", [q, {"Fn::Length": !Ref Names}]]', 'q2'],
  ['Fn::ToJsonString', '{"Fn::ToJsonString": {a: !Ref One}}', '{"a":"x"}'],
  ['the default of Fn::FindInMap', '{"Fn::FindInMap": [All, Of, Nothing, {DefaultValue: !Ref One}]}', 'x'],
  ['a key that Fn::FindInMap finds', '{"Fn::FindInMap": [All, Of, Name, {DefaultValue: other}]}', 'y'],
])('%s is evaluated', async (_, value, text) => {
  const sections =
    'Parameters: {One: {Type: String, Default: x}, Names: {Type: CommaDelimitedList, Default: "a,b"}}\nMappings: {All: {Of: {Name: y}}}\n';
  const {queues: found} = await inventoryOf(
    template(`  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: ${value}}}\n`, {sections}),
  );
  expect(String(found[0]!.arn).endsWith(`:${text}`)).toBe(true);
});
