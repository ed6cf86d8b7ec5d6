import {describe, expect, test} from 'vitest';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import type {PlannedChange} from '../../../src/deploy/change-set.ts';
import {type PermissionChange, permissionChanges} from '../../../src/deploy/review/permission-changes.ts';
import {evaluate} from '../../../src/iam/evaluate.ts';
import {parsePolicy} from '../../../src/iam/parse-policy.ts';

const trust = `{Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}`;

/** A function with a role of these statements; `more` are properties of the role. */
function service(statements: string, more = '', resources = ''): string {
  return `
Parameters:
  Stage: {Type: String, Default: dev}
  Ours: {Type: AWS::SSM::Parameter::Value<String>, Default: /ours}
Resources:
  Orders: {Type: AWS::DynamoDB::Table}
  SaveRole:
    Type: AWS::IAM::Role
    Properties:
      ${more.includes('AssumeRolePolicyDocument') ? '' : `AssumeRolePolicyDocument: ${trust}`}
      ${more}
      Policies: [{PolicyName: save, PolicyDocument: {Version: '2012-10-17', Statement: [${statements}]}}]
  Save: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt SaveRole.Arn}}
${resources}`;
}

function modified(...logicalIds: readonly string[]): readonly PlannedChange[] {
  return logicalIds.map(logicalId => ({
    action: 'Modify',
    logicalId,
    resourceType: 'AWS::IAM::Role',
    replacement: 'False',
    properties: [],
  }));
}

function compare(before: string | undefined, after: string, changed = ['SaveRole'], parameters = {}) {
  const source = (text: string, file: string) => ({template: parseTemplate(text, file), parameters});
  return permissionChanges(
    before === undefined ? undefined : source(before, 'before'),
    source(after, 'after'),
    modified(...changed),
  );
}

/** `widened +s3:GetObject -s3:PutObject`: what a reader sees of it, in short. */
function summary(changes: readonly PermissionChange[], name = 'SaveRole'): string {
  const change = changes.find(each => each.name === name)!;
  const text = (line: PermissionChange['widened'][number]) =>
    'action' in line ? `${line.kind === 'deny' ? '!' : ''}${line.action}` : line.kind.replaceAll(' ', '-');
  return [
    change.verdict,
    ...change.widened.map(line => `+${text(line)}`),
    ...change.narrowed.map(line => `-${text(line)}`),
  ].join(' ');
}

const put = '{Effect: Allow, Action: dynamodb:PutItem, Resource: !GetAtt Orders.Arn}';
const get = '{Effect: Allow, Action: dynamodb:GetItem, Resource: !GetAtt Orders.Arn}';
const ofOrders = (action: string, more = '') =>
  `{Effect: Allow, Action: ${action}, Resource: !GetAtt Orders.Arn${more}}`;
const onlyFrom = (...accounts: readonly string[]) =>
  `, Condition: {StringEquals: {aws:SourceAccount: [${accounts.map(account => `'${account}'`).join(', ')}]}}`;
const denyPut = (more = '') => `{Effect: Deny, Action: dynamodb:PutItem, Resource: '*'${more}}`;

describe('the statements of a role', () => {
  test.each<[name: string, before: string, after: string, expected: string]>([
    ['stay equal in another order', `${put}, ${get}`, `${get}, ${put}`, 'equal'],
    ['stay equal in one statement', `${put}, ${get}`, ofOrders('[dynamodb:GetItem, dynamodb:PutItem]'), 'equal'],
    ['stay equal in another spelling', put, ofOrders('DynamoDB:putitem'), 'equal'],
    [
      'stay equal when a resource is written out',
      put,
      `{Effect: Allow, Action: dynamodb:PutItem, Resource: !Sub "arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${Orders}"}`,
      'equal',
    ],
    [
      'stay equal without what another one says too',
      `${put}, ${ofOrders('dynamodb:*')}`,
      ofOrders('dynamodb:*'),
      'equal',
    ],
    ['widen by an action', put, `${put}, ${get}`, 'widened +dynamodb:GetItem'],
    ['widen by a wildcard', put, ofOrders('dynamodb:Put*'), 'widened +dynamodb:Put*'],
    ['narrow by an action', `${put}, ${get}`, put, 'narrowed -dynamodb:GetItem'],
    ['narrow when a wildcard goes', ofOrders("'dynamodb:*'"), put, 'narrowed -dynamodb:*'],
    ['change when one action takes the place of another', put, get, 'changed +dynamodb:GetItem -dynamodb:PutItem'],
    [
      'widen by a resource',
      put,
      "{Effect: Allow, Action: dynamodb:PutItem, Resource: '*'}",
      'widened +dynamodb:PutItem',
    ],
    ['widen when a condition goes', ofOrders('dynamodb:PutItem', onlyFrom('1')), put, 'widened +dynamodb:PutItem'],
    ['narrow by a condition', put, ofOrders('dynamodb:PutItem', onlyFrom('1')), 'narrowed -dynamodb:PutItem'],
    [
      'widen by a value more in a condition',
      ofOrders('dynamodb:PutItem', onlyFrom('1')),
      ofOrders('dynamodb:PutItem', onlyFrom('1', '2')),
      'widened +dynamodb:PutItem',
    ],
    ['narrow by a deny', put, `${put}, ${denyPut()}`, 'narrowed -dynamodb:PutItem'],
    ['widen when a deny goes', `${put}, ${denyPut()}`, put, 'widened +dynamodb:PutItem'],
    ['stay equal when a deny goes that denied nothing', `${get}, ${denyPut()}`, get, 'equal'],
    [
      'widen when a deny gets a condition',
      `${put}, ${denyPut()}`,
      `${put}, ${denyPut(onlyFrom('1'))}`,
      'widened +dynamodb:PutItem',
    ],
    ['widen when a deny with a condition goes', `${put}, ${denyPut(onlyFrom('1'))}`, put, 'widened +!dynamodb:PutItem'],
    [
      'widen by all but one',
      put,
      "{Effect: Allow, NotAction: 'iam:*', Resource: !GetAtt Orders.Arn}",
      'widened +everything but iam:*',
    ],
    [
      'stay equal under a NotAction that leaves them',
      `${put}, {Effect: Allow, NotAction: 'iam:*', Resource: '*'}`,
      "{Effect: Allow, NotAction: 'iam:*', Resource: '*'}",
      'equal',
    ],
    [
      'count as widened where a part is not known, the same as before or not',
      `${put}, ${ofOrders('!Ref Ours')}`,
      `${put}, ${ofOrders('!Ref Ours')}`,
      'widened +unknown',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(summary(compare(service(before), service(after)))).toBe(expected);
  });

  test('are those that the parameters make', () => {
    const onStage = service(`{Effect: Allow, Action: s3:GetObject, Resource: !Sub "arn:aws:s3:::orders-\${Stage}/*"}`);
    const changes = permissionChanges(
      {template: parseTemplate(onStage, 'before'), parameters: {Stage: 'dev'}},
      {template: parseTemplate(onStage, 'after'), parameters: {Stage: 'prod'}},
      modified('SaveRole'),
    );
    expect(summary(changes)).toBe('changed +s3:GetObject -s3:GetObject');
  });

  test('stay equal without a look while CloudFormation leaves the role alone', () => {
    expect(summary(compare(service(ofOrders('!Ref Ours')), service(ofOrders('!Ref Ours')), ['Orders']))).toBe('equal');
  });
});

describe('the rest of a role', () => {
  const managed = (...names: readonly string[]) =>
    `ManagedPolicyArns: [${names.map(name => `'arn:aws:iam::${name}'`).join(', ')}]`;
  const basic = 'aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const trusting = (principal: string) =>
    `AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: ${principal}, Action: sts:AssumeRole}]}`;
  test.each<[name: string, before: string, after: string, expected: string]>([
    [
      'is widened by a managed policy of AWS, action by action',
      '',
      managed(basic),
      'widened +logs:CreateLogGroup +logs:CreateLogStream +logs:PutLogEvents',
    ],
    ['is widened by a policy that nobody here knows', '', managed('1234:policy/ours'), 'widened +managed-policy'],
    ['is narrowed when such a policy goes', managed('1234:policy/ours'), '', 'narrowed -managed-policy'],
    [
      'is widened when a boundary goes',
      'PermissionsBoundary: arn:aws:iam::1234:policy/b',
      '',
      'widened +permissions-boundary',
    ],
    [
      'is narrowed by a boundary',
      '',
      'PermissionsBoundary: arn:aws:iam::1234:policy/b',
      'narrowed -permissions-boundary',
    ],
    [
      'is widened for whoever else may take it',
      trusting('{Service: lambda.amazonaws.com}'),
      trusting("{Service: lambda.amazonaws.com, AWS: '*'}"),
      'widened +sts:AssumeRole',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(summary(compare(service(put, before), service(put, after)))).toBe(expected);
  });

  test('is all of it in a new stack', () => {
    const changes = compare(undefined, service(`${put}, ${get}`));
    expect(summary(changes)).toBe('widened +dynamodb:PutItem +dynamodb:GetItem +sts:AssumeRole');
    expect(changes).toMatchObject([{functions: ['Save']}]);
  });

  test('may stand in a policy of its own', () => {
    const policy = (actions: string) =>
      service(
        put,
        '',
        `  Extra: {Type: AWS::IAM::Policy, Properties: {PolicyName: extra, Roles: [!Ref SaveRole], PolicyDocument: {Statement: [${ofOrders(actions)}]}}}`,
      );
    const changes = compare(policy('dynamodb:GetItem'), policy('dynamodb:Query'), ['Extra']);
    expect(summary(changes)).toBe('changed +dynamodb:Query -dynamodb:GetItem');
  });
});

test('a function that takes a role from elsewhere widens', () => {
  const after = service(put).replace('!GetAtt SaveRole.Arn', 'arn:aws:iam::123456789012:role/admin');
  expect(summary(compare(service(put), after, ['Save']), 'Save')).toBe('widened +role');
});

test('a permission under another name is no change, and one for somebody else is', () => {
  const permission = (name: string, principal: string) =>
    service(
      put,
      '',
      `  ${name}: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Save, Action: lambda:InvokeFunction, Principal: ${principal}}}`,
    );
  const before = permission('Notify', 's3.amazonaws.com');
  expect(summary(compare(before, permission('Call', 's3.amazonaws.com'), ['Notify', 'Call']), 'Call, Notify')).toBe(
    'equal',
  );
  expect(summary(compare(before, permission('Notify', "'*'"), ['Notify']), 'Notify')).toBe(
    'changed +lambda:InvokeFunction -lambda:InvokeFunction',
  );
});

test('what decides about access and is not compared counts as widened', () => {
  const change = {...modified('Team')[0]!, resourceType: 'AWS::IAM::Group'};
  const {template, parameters} = {template: parseTemplate(service(put), 'after'), parameters: {}};
  const changes = permissionChanges({template, parameters}, {template, parameters}, [change]);
  expect(summary(changes, 'Team')).toBe('widened +unknown');
});

test('no request is allowed after that was not before, unless something is called widened', () => {
  const random = generator(7);
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const actions = ['s3:GetObject', 's3:PutObject', 's3:Get*', 's3:*', '*', 'sqs:SendMessage'];
  const resources = ['arn:aws:s3:::a/*', 'arn:aws:s3:::a/x', 'arn:aws:s3:::b/*', '*', 'arn:aws:s3:::?/x'];
  const statement = () => ({
    Effect: pick(['Allow', 'Allow', 'Deny']),
    [pick(['Action', 'Action', 'NotAction'])]: pick(actions),
    [pick(['Resource', 'Resource', 'NotResource'])]: pick(resources),
  });
  const caller = {
    kind: 'role' as const,
    arn: 'arn:aws:sts::1:assumed-role/save/s',
    roleArn: 'arn:aws:iam::1:role/save',
    account: '1',
  };
  const origin = {file: 'policy', line: 1, column: 1};
  const allowed = (statements: readonly object[], action: string, resource: string) => {
    const document = parsePolicy({Version: '2012-10-17', Statement: statements}, origin);
    const request = {action, resource, context: {}, principal: caller};
    return evaluate({identity: [{name: 'save', document}], request}).allowed;
  };
  let widenings = 0;
  for (let round = 0; round < 60; round++) {
    const [before, after] = [0, 1].map(() => Array.from({length: 1 + Math.floor(random() * 3)}, statement)) as [
      object[],
      object[],
    ];
    const [{verdict}] = compare(service(list(before)), service(list(after))) as [PermissionChange];
    for (const action of ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage', 'iam:PassRole'])
      for (const resource of ['arn:aws:s3:::a/x', 'arn:aws:s3:::a/y', 'arn:aws:s3:::b/x', 'arn:aws:sqs:r:1:q']) {
        const gained = allowed(after, action, resource) && !allowed(before, action, resource);
        const lost = allowed(before, action, resource) && !allowed(after, action, resource);
        if (gained) widenings++;
        if (gained) expect.soft(['widened', 'changed'], JSON.stringify({before, after})).toContain(verdict);
        if (lost) expect.soft(['narrowed', 'changed'], JSON.stringify({before, after})).toContain(verdict);
      }
  }
  expect(widenings).toBeGreaterThan(40);
});

function list(statements: readonly object[]): string {
  return statements.map(each => JSON.stringify(each)).join(', ');
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

test('names and ARNs are those of the stack that is looked at', () => {
  const text = service(
    `{Effect: Allow, Action: sqs:SendMessage, Resource: !Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:\${AWS::StackName}-in'}`,
    'Tags: [{Key: a, Value: b}]',
    `  Loose: {Type: AWS::IAM::Policy, Properties: {PolicyName: loose, Roles: [!Sub '\${AWS::StackName}-role'], PolicyDocument: {Statement: [${put}]}}}`,
  );
  const here = {account: '123456789012', region: 'cn-north-1'};
  const all = permissionChanges(
    undefined,
    {template: parseTemplate(text, 'after'), parameters: {}, place: {...here, stackName: 'orders'}},
    modified('SaveRole', 'Loose'),
  );
  const resources = (name: string) =>
    all.find(change => change.name === name)!.widened.map(line => ('resource' in line ? line.resource : ''));
  expect(resources('SaveRole')).toContain('arn:aws-cn:sqs:cn-north-1:123456789012:orders-in');
  expect(resources('Loose')).toEqual([`arn:aws-cn:dynamodb:cn-north-1:123456789012:table/\${Orders}`]);
});
