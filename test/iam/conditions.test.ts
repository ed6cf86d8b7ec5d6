// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way
import {expect, test} from 'vitest';
import {conditionsHold} from '../../src/iam/conditions.ts';
import type {Context} from '../../src/iam/policy-variables.ts';

const context: Context = {
  'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/ingest',
  'aws:username': 'ada',
  'aws:PrincipalTag/team': 'orders',
  'aws:SecureTransport': 'true',
  'aws:SourceIp': '10.1.2.3',
  'aws:CurrentTime': '2026-03-01T12:00:00Z',
  'aws:TagKeys': ['team', 'stage'],
  's3:max-keys': '50',
  's3:prefix': 'home/ada/letters',
  empty: [],
};

// Operator, key, values, whether it holds: one line for each meaning in the table of AWS's page.
test.each<[string, string, string[], boolean]>([
  ['StringEquals', 'aws:username', ['bob', 'ada'], true],
  ['StringEquals', 'AWS:UserName', ['ada'], true],
  ['StringEquals', 'aws:username', ['Ada'], false],
  ['StringEquals', 'aws:username', ['a*'], false],
  ['StringEquals', 'missing', ['ada'], false],
  ['StringEqualsIfExists', 'missing', ['ada'], true],
  ['StringEqualsIfExists', 'aws:username', ['bob'], false],
  ['StringNotEquals', 'aws:username', ['bob', 'ada'], false],
  ['StringNotEquals', 'aws:username', ['bob'], true],
  ['StringNotEquals', 'missing', ['bob'], true],
  ['StringEqualsIgnoreCase', 'aws:username', ['ADA'], true],
  ['StringNotEqualsIgnoreCase', 'aws:username', ['ADA'], false],
  ['StringLike', 's3:prefix', ['home/${aws:username}/*'], true],
  ['StringLike', 's3:prefix', ['home/bob/*'], false],
  ['StringNotLike', 's3:prefix', ['home/ada/*'], false],
  ['stringlike', 's3:prefix', ['home/*'], true],
  ['NumericEquals', 's3:max-keys', ['50.0'], true],
  ['NumericNotEquals', 's3:max-keys', ['50'], false],
  ['NumericLessThan', 's3:max-keys', ['51'], true],
  ['NumericLessThan', 's3:max-keys', ['50'], false],
  ['NumericLessThanEquals', 's3:max-keys', ['50'], true],
  ['NumericGreaterThan', 's3:max-keys', ['9'], true],
  ['NumericGreaterThanEquals', 's3:max-keys', ['51'], false],
  ['NumericLessThan', 'aws:username', ['51'], false],
  ['DateGreaterThan', 'aws:CurrentTime', ['2026-01-01T00:00:00Z'], true],
  ['DateLessThan', 'aws:CurrentTime', ['2026-01-01T00:00:00Z'], false],
  ['DateLessThan', 'aws:CurrentTime', ['2000000000'], true],
  ['DateEquals', 'aws:CurrentTime', ['2026-03-01T12:00:00+00:00'], true],
  ['DateNotEquals', 'aws:CurrentTime', ['2026-03-01T12:00:00Z'], false],
  ['DateLessThanEquals', 'aws:CurrentTime', ['2026-03-01T12:00:00Z'], true],
  ['DateGreaterThanEquals', 'aws:CurrentTime', ['2026-03-02'], false],
  ['Bool', 'aws:SecureTransport', ['True'], true],
  ['Bool', 'aws:SecureTransport', ['false'], false],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', ['true'], true],
  ['BinaryEquals', 'aws:username', ['ada'], true],
  ['IpAddress', 'aws:SourceIp', ['192.0.2.0/24', '10.0.0.0/8'], true],
  ['IpAddress', 'aws:SourceIp', ['10.1.2.3'], true],
  ['IpAddress', 'aws:SourceIp', ['2001:db8::/32'], false],
  ['NotIpAddress', 'aws:SourceIp', ['10.0.0.0/8'], false],
  ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/in*'], true],
  ['ArnEquals', 'aws:PrincipalArn', ['arn:aws:iam::*:role/ingest'], true],
  ['ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/*'], false],
  ['ArnNotEquals', 'aws:PrincipalArn', ['arn:aws:iam::*:role/redrive'], true],
  ['Null', 'missing', ['true'], true],
  ['Null', 'aws:username', ['true'], false],
  ['Null', 'aws:username', ['false'], true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'stage', 'cost'], true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team'], false],
  ['ForAllValues:StringEquals', 'missing', ['team'], true],
  ['ForAllValues:StringEquals', 'empty', ['team'], true],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team'], true],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['cost'], false],
  ['ForAnyValue:StringEquals', 'missing', ['team'], false],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['team'], false],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['team'], true],
  ['StringEquals', 'aws:username', ["${aws:PrincipalTag/owner, 'ada'}"], true],
  ['StringEquals', 'aws:PrincipalTag/team', ['${aws:PrincipalTag/team}'], true],
  ['StringEquals', 'aws:username', ['${aws:PrincipalTag/owner}'], false],
])('%s of %s with %j: %s', (operator, key, values, expected) => {
  expect(conditionsHold([{operator, key, values}], context, true)).toBe(expected);
});

test('takes a star that comes out of a variable as a star', () => {
  const hostile = {'aws:username': '*', 's3:prefix': 'home/bob/letters'};
  const condition = {operator: 'StringLike', key: 's3:prefix', values: ['home/${aws:username}/*']};
  expect(conditionsHold([condition], hostile, true)).toBe(false);
  expect(conditionsHold([condition], {...hostile, 's3:prefix': 'home/*/letters'}, true)).toBe(true);
});

test('reads no variables in a policy of the older version', () => {
  const condition = {operator: 'StringEquals', key: 'aws:username', values: ['${aws:username}']};
  expect(conditionsHold([condition], {'aws:username': 'ada'}, false)).toBe(false);
  expect(conditionsHold([condition], {'aws:username': '${aws:username}'}, false)).toBe(true);
});

test('holds only when all conditions of the statement do', () => {
  const one = {operator: 'Bool', key: 'aws:SecureTransport', values: ['true']};
  const other = {operator: 'StringEquals', key: 'aws:username', values: ['bob']};
  expect(conditionsHold([one], context, true)).toBe(true);
  expect(conditionsHold([one, other], context, true)).toBe(false);
});
