import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import rule from '../../src/audit/rules/iam/unused-permission.ts';
import type {ExecutionRole} from '../../src/model/execution-role.ts';
import {type Resolvable, unresolved} from '../../src/model/resolvable.ts';
import type {RoleUse, ServiceUse} from '../../src/model/role-use.ts';
import {inventoryOf} from './inventory-of.ts';

const table = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';
const index = `${table}/index/by-day`;

interface Case {
  readonly statements: string;
  readonly use?: Resolvable<RoleUse>;
  readonly created?: string;
  readonly vpc?: boolean;
  readonly managed?: string;
}

async function outcome({statements, use, created = '2025-01-01', vpc, managed}: Case) {
  const network = vpc ? ', VpcConfig: {SubnetIds: [subnet-1, subnet-2], SecurityGroupIds: [sg-1]}' : '';
  const inventory = await inventoryOf(`Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: nodejs24.x, Role: !GetAtt OrdersRole.Arn, Code: {ZipFile: ''}${network}}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      ManagedPolicyArns: [${managed === undefined ? '' : `arn:aws:iam::aws:policy/${managed}`}]
      Policies: [{PolicyName: orders, PolicyDocument: {Version: "2012-10-17", Statement: [${statements}]}}]
`);
  const roles = inventory.roles.map((role): ExecutionRole => ({...role, lifetime: {created}, ...(use && {use})}));
  const {findings, notChecked} = audit({...inventory, roles}, [rule], {today: '2026-11-21'});
  return {
    found: findings.map(({message}) => message),
    remedies: [...new Set(findings.map(({remedy}) => remedy))],
    notChecked: notChecked.map(({reason}) => reason),
    findings,
  };
}

const allow = (actions: string, resource: string, sid = 'Orders') =>
  `{Sid: ${sid}, Effect: Allow, Action: [${actions}], Resource: [${resource}]}`;

type Service = Partial<Record<keyof ServiceUse, string | readonly string[]>>;

function lastAccessed(services: Readonly<Record<string, Service>>): RoleUse {
  const set = (names: unknown) => new Set((names as readonly string[] | undefined) ?? []);
  return {
    kind: 'last-accessed',
    services: new Map(
      Object.entries(services).map(([name, {lastUsed, usedActions, unusedActions}]) => [
        name,
        {
          ...(lastUsed === undefined ? {} : {lastUsed: String(lastUsed)}),
          usedActions: set(usedActions),
          unusedActions: set(unusedActions),
        },
      ]),
    ),
  };
}

const used = {lastUsed: '2026-11-01'};

test.each<[string, Case, {found?: readonly unknown[]; remedies?: string[]; notChecked?: readonly unknown[]}]>([
  ['nothing is said where nobody asked', {statements: allow('dynamodb:GetItem', table)}, {}],
  [
    'a service that was never used goes with its statement',
    {statements: allow('dynamodb:GetItem, dynamodb:PutItem', table), use: lastAccessed({dynamodb: {}})},
    {
      found: [
        `OrdersRole has since 2025-10-17 not used dynamodb:GetItem on ${table}, which statement Orders of policy orders allows`,
        `OrdersRole has since 2025-10-17 not used dynamodb:PutItem on ${table}, which statement Orders of policy orders allows`,
      ],
      remedies: ['Remove statement Orders of policy orders.'],
    },
  ],
  [
    'an action that AWS tracks and nobody used goes out of its statement',
    {
      statements: allow('lambda:DeleteFunction, lambda:ListFunctions', '"*"'),
      use: lastAccessed({lambda: {...used, usedActions: ['listfunctions'], unusedActions: ['deletefunction']}}),
    },
    {
      found: [expect.stringContaining('not used lambda:DeleteFunction on *')],
      remedies: ['Take lambda:DeleteFunction out of statement Orders of policy orders.'],
    },
  ],
  [
    'an action that AWS does not track is not checked',
    {statements: allow('dynamodb:GetItem', table), use: lastAccessed({dynamodb: used})},
    {
      notChecked: [
        'AWS does not track the action, and OrdersRole uses dynamodb (dynamodb:GetItem in statement Orders of policy orders)',
      ],
    },
  ],
  [
    'a pattern is used when one of its actions is, and unused when AWS tracks all and none was',
    {
      statements: `${allow('lambda:ListF*', '"*"', 'One')}, ${allow('lambda:DeleteFunctionC*', '"*"', 'Two')}, ${allow('lambda:*', '"*"', 'All')}`,
      use: lastAccessed({
        lambda: {
          ...used,
          usedActions: ['listfunctions'],
          unusedActions: ['deletefunctioncodesigningconfig', 'deletefunctionconcurrency'],
        },
      }),
    },
    {
      found: [expect.stringContaining('lambda:DeleteFunctionC*')],
      remedies: ['Remove statement Two of policy orders.'],
    },
  ],
  [
    'every action is used when one service is',
    {statements: allow('"*"', '"*"'), use: lastAccessed({dynamodb: used, sqs: {}})},
    {},
  ],
  [
    'a service that AWS does not name is not checked',
    {statements: allow('dynamodb:GetItem', table), use: lastAccessed({})},
    {notChecked: [expect.stringMatching(/^AWS does not tell whether OrdersRole uses dynamodb /)]},
  ],
  [
    'a young role is not judged',
    {statements: allow('dynamodb:GetItem', table), use: lastAccessed({dynamodb: {}}), created: '2026-11-01'},
    {notChecked: [expect.stringMatching(/^OrdersRole is from 2026-11-01, which is less than 30 days ago /)]},
  ],
  [
    'a role younger than what AWS remembers is judged since it was made',
    {statements: allow('dynamodb:GetItem', table), use: lastAccessed({dynamodb: {}}), created: '2026-06-01'},
    {
      found: [expect.stringMatching(/^OrdersRole has since 2026-06-01 not used/)],
      remedies: ['Remove statement Orders of policy orders.'],
    },
  ],
  [
    'what Lambda needs for a VPC is needed',
    {
      statements: allow('ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces', '"*"'),
      use: lastAccessed({ec2: {}}),
      vpc: true,
    },
    {},
  ],
  [
    'and without a VPC is not',
    {statements: allow('ec2:CreateNetworkInterface', '"*"'), use: lastAccessed({ec2: {}})},
    {found: [expect.stringContaining('ec2:CreateNetworkInterface')], remedies: [expect.any(String)]},
  ],
  [
    'a policy of AWS goes as a whole',
    {
      statements: allow('dynamodb:*', table),
      use: lastAccessed({sqs: {}, logs: {}, dynamodb: used}),
      managed: 'service-role/AWSLambdaBasicExecutionRole',
    },
    {
      found: ['OrdersRole has used nothing of AWSLambdaBasicExecutionRole'],
      remedies: ['Detach AWSLambdaBasicExecutionRole from the role.'],
    },
  ],
  [
    'or not at all',
    {
      statements: allow('dynamodb:*', table),
      use: lastAccessed({logs: {...used}, sqs: {}, dynamodb: used}),
      managed: 'service-role/AWSLambdaSQSQueueExecutionRole',
    },
    {notChecked: [expect.stringContaining('(AWSLambdaSQSQueueExecutionRole)')]},
  ],
  [
    'what IAM did not tell is not checked',
    {statements: allow('sqs:*', '"*"'), use: unresolved('use', 'Could not read it: AccessDenied')},
    {notChecked: ['Could not read it: AccessDenied']},
  ],
  [
    'a record tells of each resource',
    {
      statements: allow('dynamodb:GetItem, dynamodb:Query, dynamodb:Scan', `"${table}", "${index}"`),
      use: {
        kind: 'recorded',
        grants: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'].flatMap(action =>
          [table, index].map(resource => ({
            policy: 'orders',
            index: 0,
            action,
            resource,
            status:
              action === 'dynamodb:Query' || (action === 'dynamodb:GetItem' && resource === table) ? 'used' : 'unused',
          })),
        ),
      },
    },
    {
      found: [
        `nothing that ran used dynamodb:GetItem on ${index}, which statement Orders of policy orders allows`,
        `nothing that ran used dynamodb:Scan on ${table}, which statement Orders of policy orders allows`,
        `nothing that ran used dynamodb:Scan on ${index}, which statement Orders of policy orders allows`,
      ],
      remedies: [
        `Take dynamodb:Scan out of statement Orders of policy orders; split what is left, without dynamodb:GetItem on ${index}.`,
      ],
    },
  ],
  [
    'what a run could not have used is not exercised',
    {
      statements: allow('dynamodb:GetItem', table),
      use: {
        kind: 'recorded',
        grants: [
          {
            policy: 'orders',
            index: 0,
            action: 'dynamodb:GetItem',
            resource: table,
            status: 'not exercised',
            reason: 'the function was not invoked',
          },
        ],
      },
    },
    {
      notChecked: [
        'not exercised: the function was not invoked (dynamodb:GetItem in statement Orders of policy orders)',
      ],
    },
  ],
])('%s', async (_, given, {found = [], remedies = [], notChecked = []}) => {
  const {findings, ...actual} = await outcome(given);
  expect({...actual, found: actual.found.sort()}).toEqual({found, remedies, notChecked});
});

test('the finding has action, resource, policy and statement, and is the same wherever the statement stands', async () => {
  const use = lastAccessed({dynamodb: {}, sqs: {...used, usedActions: ['sendmessage']}});
  const mine = allow('dynamodb:GetItem', table);
  const other = allow('sqs:SendMessage', '"*"', 'Send');
  const one = await outcome({statements: `${mine}, ${other}`, use});
  const two = await outcome({statements: `${other}, ${mine}`, use});
  expect(one.findings.map(({evidence}) => evidence)).toEqual([
    {action: 'dynamodb:GetItem', resource: table, policy: 'orders', statement: 'Orders'},
  ]);
  expect(two.findings.map(({fingerprint}) => fingerprint)).toEqual(one.findings.map(({fingerprint}) => fingerprint));
});
