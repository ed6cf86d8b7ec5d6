import {expect, test} from 'vitest';
import {listPage} from '../../src/local/list-page.ts';
import {assembledCloud} from './assembled-cloud.ts';

const refusal = () => new Error('no token');

test('the pages of a list, one after the other, are the list', () => {
  const first = listPage(['a', 'b', 'c'], {token: undefined, length: 2}, refusal);
  expect(first).toEqual({page: ['a', 'b'], next: '2'});
  expect(listPage(['a', 'b', 'c'], {token: first.next, length: 2}, refusal)).toEqual({page: ['c'], next: undefined});
});

test.each([
  ['apigatewayv2', 'GetApis', {nextToken: 'none'}, 'BadRequestException'],
  ['cloudformation', 'ListStacks', {NextToken: 'none'}, 'ValidationError'],
  ['cloudwatch', 'DescribeAlarms', {NextToken: 'none'}, 'InvalidNextToken'],
  ['codedeploy', 'ListApplications', {nextToken: 'none'}, 'InvalidNextTokenException'],
  ['events', 'ListRules', {NextToken: 'none'}, 'ValidationException'],
  ['kms', 'ListKeys', {Marker: 'none'}, 'InvalidMarkerException'],
  ['lambda', 'ListFunctions', {Marker: 'none'}, 'InvalidParameterValueException'],
  ['logs', 'DescribeLogGroups', {nextToken: 'none'}, 'InvalidParameterException'],
  ['scheduler', 'ListSchedules', {NextToken: 'none'}, 'ValidationException'],
  ['secretsmanager', 'ListSecrets', {NextToken: 'none'}, 'InvalidNextTokenException'],
  ['sns', 'ListTopics', {NextToken: 'none'}, 'InvalidParameter'],
  ['ssm', 'DescribeParameters', {NextToken: 'none'}, 'InvalidNextToken'],
])('%s refuses a token that it never gave out', async (service, operation, input, code) => {
  await expect(assembledCloud().call(service, operation, input)).rejects.toMatchObject({code});
});
