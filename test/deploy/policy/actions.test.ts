import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseTemplate, type Template} from '../../../src/cloudformation/parse.ts';
import {deployerPolicies} from '../../../src/deploy/policy/deployer-policy.ts';
import {largestPolicy} from '../../../src/deploy/policy/split-policy.ts';
import {unlistedAction} from '../../../src/deploy/policy/types/apigateway.ts';
import {freeTypes, resourceNeeds} from '../../../src/deploy/policy/types/index.ts';
import {actionCanMatch, describeAction} from '../../../src/iam/catalogue.ts';
import {resourceTypes} from '../../../src/local/stack/resources/index.ts';

const place = {account: '123456789012', region: 'eu-central-1', stackName: 'orders'};
const everyType = new URL('../../local/stack/fixtures/every-type.yaml', import.meta.url);

const nestedTemplate = parseTemplate(
  readFileSync(new URL('../../local/stack/fixtures/nested.yaml', import.meta.url), 'utf8'),
  'nested.yaml',
);

function policiesOf(template: Template, parameters: Readonly<Record<string, string>> = {}) {
  const nested = [{logicalId: 'Nested', template: nestedTemplate, nested: []}];
  return deployerPolicies({template, nested, service: 'orders', place, parameters, bucketExists: false}).policies;
}

function statementsOf(text: string, parameters?: Readonly<Record<string, string>>) {
  const policies = policiesOf(parseTemplate(text, 'template.yaml'), parameters);
  return policies.flatMap(({document}) => document.Statement);
}

test('for every resource type that gear local makes it is known what deploying it takes', () => {
  expect([...resourceNeeds.keys(), ...freeTypes].sort()).toEqual([...resourceTypes.keys()].sort());
});

test('of every property that gear local takes it is known what it takes to deploy it', () => {
  const unknown = [...resourceTypes.values()].flatMap(({type, properties}) => {
    const {plain = [], when = {}, name} = resourceNeeds.get(type) ?? {};
    const known = [...plain, ...Object.keys(when), name?.property];
    const taken = properties.kind === 'structure' ? Object.keys(properties.members) : [];
    return taken
      .filter(property => !freeTypes.includes(type) && !known.includes(property))
      .map(each => `${type} ${each}`);
  });
  expect(unknown).toEqual([]);
});

test('every action is one of AWS’s, and knows the resources that it is granted on', () => {
  const statements = statementsOf(readFileSync(everyType, 'utf8'));
  const pairs = statements.flatMap(({Action, Resource}) =>
    Action.flatMap(action => Resource.map(on => [action, on] as const)),
  );
  expect(pairs.length).toBeGreaterThan(300);
  expect(pairs.filter(([action]) => describeAction(action) === undefined && action !== unlistedAction)).toEqual([]);
  // The reference has the paths of APIs under the verbs of version 1 only.
  const wrong = pairs.filter(([action, on]) => !action.startsWith('apigateway:') && !actionCanMatch(action, on));
  expect(wrong).toEqual([]);
});

test('a star stands alone only where an action knows no resource, or under a condition', () => {
  const stars = statementsOf(readFileSync(everyType, 'utf8')).filter(
    ({Resource, Condition}) => Resource.includes('*') && Condition === undefined,
  );
  expect(
    stars.flatMap(({Action}) => Action.filter(action => describeAction(action)?.class === 'restrictable')),
  ).toEqual([]);
});

test('no policy is larger than a managed policy may be, and none is lost when it is divided', () => {
  const alarms = Array.from({length: 120}, (_, index) => `  Alarm${index}: {Type: AWS::CloudWatch::Alarm}\n`).join('');
  const policies = policiesOf(parseTemplate(`Resources:\n${alarms}`, 'template.yaml'));
  expect(policies.length).toBeGreaterThan(1);
  expect(policies.filter(({document}) => JSON.stringify(document).length > largestPolicy)).toEqual([]);
  const granted = policies.flatMap(({document}) => document.Statement.flatMap(({Resource}) => Resource));
  for (let index = 0; index < 120; index++)
    expect(granted).toContain(`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:orders-Alarm${index}-*`);
  const sids = policies.flatMap(({document}) => document.Statement.map(({Sid}) => Sid));
  expect(new Set(sids).size).toBe(sids.length);
});

const role = `
  SaveRole:
    Type: AWS::IAM::Role
    Properties:
      PermissionsBoundary: !If [Bounded, !Ref Boundary, !Ref AWS::NoValue]
      AssumeRolePolicyDocument: {}
      Policies: [{PolicyName: save, PolicyDocument: {}}]
`;
const bounded = `Parameters: {Boundary: {Type: String, Default: ''}}
Conditions: {Bounded: !Not [!Equals [!Ref Boundary, '']]}
Resources:${role}`;

test('what widens a role is held to its permissions boundary', () => {
  const boundary = 'arn:aws:iam::123456789012:policy/team';
  const grants = (parameters: Readonly<Record<string, string>>) =>
    statementsOf(bounded, parameters).filter(({Sid}) => Sid === 'GrantToRoles');
  const statement = {
    Sid: 'GrantToRoles',
    Effect: 'Allow',
    Action: ['iam:CreateRole', 'iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
    Resource: ['arn:aws:iam::123456789012:role/orders-SaveRole-*'],
  };
  expect(grants({})).toEqual([statement]);
  expect(grants({Boundary: boundary})).toEqual([
    {
      ...statement,
      Action: [...statement.Action, 'iam:PutRolePermissionsBoundary'].sort(),
      Condition: {StringEquals: {'iam:PermissionsBoundary': boundary}},
    },
  ]);
});

test('what is in a nested stack is named by the name that its stack will have', () => {
  const text = `Resources:
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml}}
`;
  const statements = statementsOf(text);
  expect(statements.find(({Sid}) => Sid === 'Queues')?.Resource).toEqual([
    'arn:aws:sqs:eu-central-1:123456789012:orders-Nested-????????????-Queue-*',
  ]);
  expect(statements.find(({Sid}) => Sid === 'NestedStacks')?.Resource).toEqual([
    'arn:aws:cloudformation:eu-central-1:123456789012:stack/orders-Nested-*/*',
  ]);
  expect(() => statementsOf(text.replace('Nested:', 'Other:'))).toThrow('the nested stack Other does not lie beside');
});

test('a policy in a role with a path is granted on the role that the template makes', () => {
  const text = `Resources:
  Save: {Type: AWS::IAM::Role, Properties: {Path: /team/, AssumeRolePolicyDocument: {}}}
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: save, PolicyDocument: {}, Roles: [!Ref Save]}}
`;
  expect(statementsOf(text).find(({Sid}) => Sid === 'InlinePolicies')?.Resource).toEqual([
    'arn:aws:iam::123456789012:role/team/orders-Save-*',
  ]);
});

test.each([
  ['a type', 'Network: {Type: AWS::EC2::VPC}', 'Network is of the type AWS::EC2::VPC'],
  [
    'a property',
    'Inbox: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: x}}',
    'Inbox (AWS::SQS::Queue) has the property KmsMasterKeyId',
  ],
])('%s of which nobody knows what it takes is refused by its name', (_, text, message) => {
  expect(() => statementsOf(`Resources:\n  ${text}\n`)).toThrow(message);
});

test('a parameter without a default is needed only where a name depends on it', () => {
  const template = (name: string) => `Parameters: {Stage: {Type: String}}
Resources:
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {PolicyDocument: {Id: !Ref Stage}, Queues: [!Sub '${name}']}}
`;
  expect(statementsOf(template('https://sqs/1/inbox'))).toContainEqual(
    expect.objectContaining({Resource: ['arn:aws:sqs:eu-central-1:123456789012:inbox']}),
  );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Fn::Sub's
  expect(() => statementsOf(template('https://sqs/1/inbox-${Stage}'))).toThrow(
    'the Queues of Policy is not known: Stage, a parameter without a default',
  );
});

test.each([
  ['orders', 'Save', 'orders-Save-*'],
  // 64 characters take 50 of both, and how AWS cuts them nobody has written down.
  ['orders-of-the-whole-company', 'SaveOrdersOfTheWholeCompany', 'orders-of-the-whole-comp*'],
])('a function of the stack %s named %s is called %s', (stackName, logicalId, name) => {
  const text = `Resources: {${logicalId}: {Type: AWS::Lambda::Function, Properties: {Role: arn:r}}}`;
  const {policies} = deployerPolicies({
    template: parseTemplate(text, 'template.yaml'),
    service: 'orders',
    place: {...place, stackName},
    parameters: {},
    bucketExists: true,
  });
  const resources = policies.flatMap(({document}) => document.Statement.flatMap(({Resource}) => Resource));
  expect(resources).toContain(`arn:aws:lambda:eu-central-1:123456789012:function:${name}`);
});
