import {expect, test} from 'vitest';
import {parsePolicy} from '../../src/iam/parse-policy.ts';
import {unresolved} from '../../src/model/resolvable.ts';

const origin = {file: 'template.yaml', line: 7, column: 3};

test('makes a list of every member that may be one or many', () => {
  const policy = parsePolicy(
    {
      Version: '2012-10-17',
      Statement: {
        Sid: 'Send',
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:us-east-1:000000000000:orders',
        Condition: {Bool: {'aws:SecureTransport': true}, NumericLessThan: {'s3:max-keys': [10, '20']}},
      },
    },
    origin,
  );
  expect(policy).toEqual({
    version: '2012-10-17',
    statements: [
      {
        sid: 'Send',
        index: 0,
        effect: 'Allow',
        actions: ['sqs:SendMessage'],
        notActions: [],
        resources: ['arn:aws:sqs:us-east-1:000000000000:orders'],
        notResources: [],
        conditions: [
          {operator: 'Bool', key: 'aws:SecureTransport', values: ['true']},
          {operator: 'NumericLessThan', key: 's3:max-keys', values: ['10', '20']},
        ],
        origin,
      },
    ],
  });
});

test('reads JSON text, and a star as principal as everybody of AWS', () => {
  const text = JSON.stringify({Statement: [{Effect: 'Deny', Principal: '*', NotAction: ['sts:*']}]});
  const policy = parsePolicy(text, origin);
  expect(policy.version).toBe('2008-10-17');
  expect(policy.statements[0]).toMatchObject({effect: 'Deny', principal: {AWS: ['*']}, notActions: ['sts:*']});
});

test('keeps what cannot be known where it stands', () => {
  const queue = unresolved('!Ref QueueArn', 'QueueArn has no default');
  const policy = parsePolicy({Statement: {Effect: 'Allow', Action: '*', Resource: [queue, '*']}}, origin);
  expect(policy.statements[0]!.resources).toEqual([queue, '*']);
});

test('asks for the origin of each statement by its path', () => {
  const paths: unknown[] = [];
  const statement = {Effect: 'Allow', Action: '*', Resource: '*'};
  parsePolicy({Version: '2012-10-17', Statement: [statement, statement]}, path => {
    paths.push(path);
    return origin;
  });
  expect(paths).toEqual([
    ['Statement', 0],
    ['Statement', 1],
  ]);
});

const statement = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*'};
test.each<[unknown, string]>([
  ['{"Statement": [', 'The policy document is no JSON'],
  [[], 'The policy document is []; it is an object'],
  [{}, 'Statement is missing'],
  [{Version: '2012-10-18', Statement: statement}, 'Version is "2012-10-18"; it can be 2012-10-17 or 2008-10-17'],
  [{Statement: statement, Statements: []}, 'Statements is no member of a policy'],
  [{Statement: {...statement, Ressource: '*'}}, 'Ressource is no member of a policy'],
  [{Statement: {...statement, Effect: 'allow'}}, 'Effect is "allow"; it can be Allow or Deny'],
  [{Statement: {...statement, NotAction: '*'}}, 'A statement has either Action or NotAction'],
  [{Statement: {Effect: 'Allow', Resource: '*'}}, 'A statement has neither Action nor NotAction'],
  [{Statement: {...statement, Action: [7]}}, 'Action contains 7; it is a string'],
  [{Statement: {...statement, Principal: {Aws: '*'}}}, 'Aws is no member of a policy'],
  [{Statement: {...statement, Condition: {StringEqual: {a: 'b'}}}}, 'StringEqual is no condition operator'],
  [{Statement: {...statement, Condition: {StringEquals: 'b'}}}, 'StringEquals is "b"; it is an object'],
])('refuses %j and says why and where', (document, message) => {
  expect(() => parsePolicy(document, origin)).toThrow(`template.yaml:7: malformed policy: ${message}`);
});
