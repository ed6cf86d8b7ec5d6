// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Decision, evaluate} from '../../src/iam/evaluate.ts';
import {explainDenial} from '../../src/iam/explain-denial.ts';
import {parsePolicy} from '../../src/iam/parse-policy.ts';
import type {RequestPrincipal} from '../../src/iam/principals.ts';
import type {NamedPolicy} from '../../src/model/policy.ts';

const account = '000000000000';
const queue = `arn:aws:sqs:us-east-1:${account}:orders`;
const role = {
  kind: 'role',
  roleArn: `arn:aws:iam::${account}:role/ingest`,
  arn: `arn:aws:sts::${account}:assumed-role/ingest/i-1`,
  account,
} as const;
const user = {kind: 'user', arn: `arn:aws:iam::${account}:user/developer`, account} as const;
const s3 = {kind: 'service', service: 's3.amazonaws.com'} as const;

const allow = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue};
const deny = {...allow, Effect: 'Deny'};
const other = {...allow, Action: 'sqs:ReceiveMessage'};
const to = (Principal: unknown, Effect = 'Allow') => ({...allow, Effect, Principal});

interface Case {
  readonly title: string;
  readonly identity?: object[];
  readonly boundary?: object[];
  readonly session?: object[];
  readonly resource?: object[];
  readonly principal?: RequestPrincipal;
  readonly context?: Record<string, string>;
  readonly resourcePolicyDecides?: boolean;
  /** `allowed`, or the end of AWS's sentence. */
  readonly expected: string;
}

const noIdentity = 'because no identity-based policy allows the sqs:SendMessage action';
const noResource = 'because no resource-based policy allows the sqs:SendMessage action';
const noBoundary = 'because no permissions boundary allows the sqs:SendMessage action';
const noSession = 'because no session policy allows the sqs:SendMessage action';
const cases: Case[] = [
  {title: 'nothing is allowed by nothing', expected: noIdentity},
  {title: 'an identity policy allows', identity: [allow], expected: 'allowed'},
  {title: 'another action does not', identity: [other], expected: noIdentity},
  {
    title: 'a deny wins over an allow',
    identity: [allow, deny],
    expected: 'with an explicit deny in an identity-based policy',
  },
  {
    title: 'a deny alone is still named',
    identity: [deny],
    expected: 'with an explicit deny in an identity-based policy',
  },
  {
    title: 'NotAction allows the rest',
    identity: [{Effect: 'Allow', NotAction: 'iam:*', Resource: '*'}],
    expected: 'allowed',
  },
  {
    title: 'NotAction leaves out what it names',
    identity: [{Effect: 'Allow', NotAction: 'sqs:*', Resource: '*'}],
    expected: noIdentity,
  },
  {
    title: 'NotResource allows the rest',
    identity: [{Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*'}],
    expected: 'allowed',
  },
  {
    title: 'NotResource leaves out what it names',
    identity: [{Effect: 'Allow', Action: '*', NotResource: queue}],
    expected: noIdentity,
  },
  {
    title: 'a condition that holds',
    identity: [{...allow, Condition: {StringEquals: {'aws:username': 'ada'}}}],
    context: {'aws:username': 'ada'},
    expected: 'allowed',
  },
  {
    title: 'a condition that does not',
    identity: [{...allow, Condition: {StringEquals: {'aws:username': 'bob'}}}],
    context: {'aws:username': 'ada'},
    expected: noIdentity,
  },
  {
    title: 'a variable in the resource',
    identity: [{...allow, Resource: 'arn:aws:sqs:*:*:${aws:PrincipalTag/queue}'}],
    context: {'aws:PrincipalTag/queue': 'orders'},
    expected: 'allowed',
  },
  {
    title: 'a star in the value of a variable is no wildcard',
    identity: [{...allow, Resource: 'arn:aws:sqs:*:*:${aws:PrincipalTag/queue}'}],
    context: {'aws:PrincipalTag/queue': '*'},
    expected: noIdentity,
  },
  {
    title: 'a variable without a value matches nothing',
    identity: [{...allow, Resource: 'arn:aws:sqs:*:*:${aws:PrincipalTag/queue}*'}],
    expected: noIdentity,
  },

  {title: 'a boundary alone allows nothing', boundary: [allow], expected: noIdentity},
  {title: 'boundary and identity allow', identity: [allow], boundary: [allow], expected: 'allowed'},
  {title: 'a boundary that says nothing', identity: [allow], boundary: [other], expected: noBoundary},
  {title: 'a boundary without statements', identity: [allow], boundary: [], expected: noBoundary},
  {
    title: 'a boundary that denies',
    identity: [allow],
    boundary: [{...allow, Action: '*'}, deny],
    expected: 'with an explicit deny in a permissions boundary',
  },
  {title: 'a session policy that allows', identity: [allow], session: [allow], expected: 'allowed'},
  {title: 'a session policy alone allows nothing', session: [allow], expected: noIdentity},
  {title: 'a session policy that says nothing', identity: [allow], session: [other], expected: noSession},
  {
    title: 'a session policy that denies',
    identity: [allow],
    session: [deny],
    expected: 'with an explicit deny in a session policy',
  },

  {title: 'a resource policy that names the role', resource: [to({AWS: role.roleArn})], expected: 'allowed'},
  {title: 'one that names another role', resource: [to({AWS: `${role.roleArn}2`})], expected: noIdentity},
  {title: 'one that names the session', resource: [to({AWS: role.arn})], expected: 'allowed'},
  {title: 'one that names everybody', resource: [to('*')], expected: 'allowed'},
  {
    title: 'one that names the account only hands the question on',
    resource: [to({AWS: account})],
    expected: noIdentity,
  },
  {
    title: 'the account by its root, and an identity policy',
    resource: [to({AWS: `arn:aws:iam::${account}:root`})],
    identity: [allow],
    expected: 'allowed',
  },
  {
    title: 'one that denies everybody',
    identity: [allow],
    resource: [to('*', 'Deny')],
    expected: 'with an explicit deny in a resource-based policy',
  },
  {
    title: 'one that denies the account',
    identity: [allow],
    resource: [to({AWS: account}, 'Deny')],
    expected: 'with an explicit deny in a resource-based policy',
  },
  {
    title: 'a role named by a resource policy stays within its boundary',
    resource: [to({AWS: role.roleArn})],
    boundary: [other],
    expected: noBoundary,
  },
  {title: 'and within its session policy', resource: [to({AWS: role.roleArn})], session: [other], expected: noSession},
  {
    title: 'a session named by a resource policy does not',
    resource: [to({AWS: role.arn})],
    boundary: [other],
    session: [other],
    expected: 'allowed',
  },
  {
    title: 'but a deny in the boundary holds for it too',
    resource: [to({AWS: role.arn})],
    boundary: [deny],
    expected: 'with an explicit deny in a permissions boundary',
  },
  {
    title: 'a statement for a service is none for a role',
    resource: [to({Service: 's3.amazonaws.com'})],
    expected: noIdentity,
  },
  {
    title: 'NotPrincipal denies all but those listed',
    identity: [allow],
    resource: [{...deny, NotPrincipal: {AWS: [role.arn, role.roleArn, account]}}],
    expected: 'allowed',
  },
  {
    title: 'NotPrincipal must list the account as well',
    identity: [allow],
    resource: [{...deny, NotPrincipal: {AWS: [role.arn, role.roleArn]}}],
    expected: 'with an explicit deny in a resource-based policy',
  },

  {title: 'a user named by a resource policy', principal: user, resource: [to({AWS: user.arn})], expected: 'allowed'},
  {
    title: 'a service is allowed by a resource policy',
    principal: s3,
    resource: [to({Service: 's3.amazonaws.com'})],
    expected: 'allowed',
  },
  {title: 'also by one for everybody', principal: s3, resource: [to('*')], expected: 'allowed'},
  {title: 'by no identity policy', principal: s3, identity: [allow], expected: noResource},
  {
    title: 'not by one for another service',
    principal: s3,
    resource: [to({Service: 'sns.amazonaws.com'})],
    expected: noResource,
  },
  {
    title: 'from the source that the policy names',
    principal: s3,
    resource: [
      {...to({Service: 's3.amazonaws.com'}), Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:s3:::receipts'}}},
    ],
    context: {'aws:SourceArn': 'arn:aws:s3:::receipts'},
    expected: 'allowed',
  },
  {
    title: 'not from another source',
    principal: s3,
    resource: [
      {...to({Service: 's3.amazonaws.com'}), Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:s3:::receipts'}}},
    ],
    context: {'aws:SourceArn': 'arn:aws:s3:::others'},
    expected: noResource,
  },

  {
    title: 'where only the resource policy decides, an identity policy is not enough',
    resourcePolicyDecides: true,
    identity: [allow],
    expected: noResource,
  },
  {
    title: 'the account and an identity policy are',
    resourcePolicyDecides: true,
    identity: [allow],
    resource: [to({AWS: account})],
    expected: 'allowed',
  },
  {title: 'the role by name is', resourcePolicyDecides: true, resource: [to({AWS: role.roleArn})], expected: 'allowed'},
  {
    title: 'a deny in an identity policy holds without the account',
    resourcePolicyDecides: true,
    identity: [deny],
    resource: [to({AWS: role.roleArn})],
    expected: 'with an explicit deny in an identity-based policy',
  },
  {
    title: 'a resource policy that names the account for something else hands nothing on',
    resourcePolicyDecides: true,
    identity: [allow],
    resource: [{...other, Principal: {AWS: account}}, to({AWS: `${role.roleArn}2`})],
    expected: noResource,
  },
];

describe('the evaluation logic', () => {
  test.each(cases)('$title: $expected', ({expected, ...given}) => {
    const decision = decide(given);
    const principal = given.principal ?? role;
    const caller = principal.kind === 'service' ? principal.service : principal.arn;
    const who = principal.kind === 'service' ? 'Service' : 'User';
    const text = decision.allowed
      ? 'allowed'
      : explainDenial({caller, action: 'sqs:SendMessage', resource: queue, denial: decision.denial});
    const refused = `${who}: ${caller} is not authorized to perform: sqs:SendMessage on resource: ${queue} ${expected}`;
    expect(text).toBe(expected === 'allowed' ? 'allowed' : refused);
  });
});

test('an identity policy counts as used only where the resource policy hands the question on', () => {
  const kinds = (resource: object[]) =>
    decide({resourcePolicyDecides: true, identity: [allow], resource}).matched.map(({kind}) => kind);
  expect(kinds([to({AWS: role.roleArn})])).toEqual(['resource']);
  expect(kinds([to({AWS: role.roleArn}), to({AWS: account})])).toEqual(['identity', 'resource', 'resource']);
});

test.each([
  ['s3:GetObject', 'arn:aws:s3:::receipts/1', 's3:GetObject on resource: "arn:aws:s3:::receipts/1"'],
  ['s3:ListAllMyBuckets', '*', 's3:ListAllMyBuckets'],
  ['lambda:ListFunctions', '*', 'lambda:ListFunctions on resource: *'],
])('words the denial of %s on %s as its service does', (action, resource, expected) => {
  const denial = {explicit: false, kind: 'identity'} as const;
  expect(explainDenial({caller: user.arn, action, resource, denial})).toBe(
    `User: ${user.arn} is not authorized to perform: ${expected} because no identity-based policy allows the ${action} action`,
  );
});

test('names every pattern pair that allowed, by policy, Sid and position', () => {
  const wide = {Effect: 'Allow', Action: ['sqs:*', 'sns:*'], Resource: '*'};
  const decision = decide({identity: [other, {...allow, Sid: 'Send', Action: ['sqs:SendMessage', 'sqs:Send*']}, wide]});
  expect(decision.matched).toEqual([
    {
      kind: 'identity',
      policy: 'identity',
      sid: 'Send',
      index: 1,
      effect: 'Allow',
      action: 'sqs:SendMessage',
      resource: queue,
    },
    {
      kind: 'identity',
      policy: 'identity',
      sid: 'Send',
      index: 1,
      effect: 'Allow',
      action: 'sqs:Send*',
      resource: queue,
    },
    {kind: 'identity', policy: 'identity', index: 2, effect: 'Allow', action: 'sqs:*', resource: '*'},
  ]);
});

const actions = ['sqs:SendMessage', 'sqs:ReceiveMessage', 's3:GetObject'];
const resources = [queue, `${queue}-dlq`, 'arn:aws:s3:::receipts/1'];
const patterns = {
  action: fc.constantFrom('*', 'sqs:*', 'sqs:SendMessage', 'sqs:*Message', 's3:GetObject'),
  resource: fc.constantFrom('*', queue, `${queue}*`, 'arn:aws:s3:::receipts/*'),
};
const statements = fc.array(
  fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.array(patterns.action, {minLength: 1, maxLength: 2}),
    Resource: fc.array(patterns.resource, {minLength: 1, maxLength: 2}),
  }),
  {maxLength: 4},
);

test('agrees with a brute-force reading of identity policy and boundary on a small universe', () => {
  fc.assert(
    fc.property(statements, fc.option(statements, {nil: undefined}), (identity, boundary) => {
      for (const action of actions)
        for (const resource of resources) {
          const decision = decide({identity, ...(boundary ? {boundary} : {})}, action, resource);
          const says = (list: typeof identity, effect: string) =>
            list.some(
              one =>
                one.Effect === effect &&
                one.Action.some(pattern => asRegExp(pattern).test(action)) &&
                one.Resource.some(pattern => asRegExp(pattern).test(resource)),
            );
          const denied = says(identity, 'Deny') || (boundary !== undefined && says(boundary, 'Deny'));
          const granted = says(identity, 'Allow') && (boundary === undefined || says(boundary, 'Allow'));
          expect(decision.allowed).toBe(!denied && granted);
        }
    }),
    {numRuns: 500},
  );
});

test('a deny of everything wins over whatever is allowed', () => {
  fc.assert(
    fc.property(statements, statements, (identity, resource) => {
      const everything = {Effect: 'Deny', Action: '*', Resource: '*'};
      const named = resource.map(one => ({...one, Principal: '*'}));
      expect(decide({identity: [...identity, everything], resource: named}).allowed).toBe(false);
    }),
  );
});

function decide(given: Omit<Case, 'title' | 'expected'>, action = 'sqs:SendMessage', resource = queue): Decision {
  const {identity = [], boundary, session, context = {}, principal = role, resourcePolicyDecides = false} = given;
  return evaluate({
    identity: [policy('identity', identity)],
    boundary: boundary && [policy('boundary', boundary)],
    session: session && [policy('session', session)],
    resource: given.resource && policy('resource', given.resource),
    request: {action, resource, principal, context, resourcePolicyDecides},
  });
}

function policy(name: string, Statement: object[]): NamedPolicy {
  return {name, document: parsePolicy({Version: '2012-10-17', Statement}, {arn: name, region: 'us-east-1'})};
}

function asRegExp(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
}
