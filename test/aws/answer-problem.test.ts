import {GetAccountAuthorizationDetailsCommand} from '@aws-sdk/client-iam';
import {ListEventSourceMappingsCommand, ListFunctionsCommand, ListTagsCommand} from '@aws-sdk/client-lambda';
import {expect, test} from 'vitest';
import {answerProblem} from '../../src/aws/answer-problem.ts';

const functions = (one: unknown) => answerProblem(new ListFunctionsCommand({}).schema, {Functions: [one]});
const roles = (answer: unknown) => answerProblem(new GetAccountAuthorizationDetailsCommand({}).schema, answer);

test.each([
  ['an answer', functions({FunctionName: 'orders', MemorySize: 128, Layers: [{Arn: 'a'}], New: [1]}), undefined],
  ['nothing', roles({}), undefined],
  ['dates', roles({RoleDetailList: [{CreateDate: new Date(0), AssumeRolePolicyDocument: '%7B%7D'}]}), undefined],
  ['a number for text', functions({Role: 5}), 'Functions[0].Role is 5; it is text'],
  ['null for an object', functions(null), 'Functions[0] is null; it is an object'],
  ['text for a number', functions({Timeout: '3'}), 'Functions[0].Timeout is "3"; it is a number'],
  ['text for a list', functions({Layers: 'a'}), 'Functions[0].Layers is "a"; it is a list'],
  [
    'a list in a list of text',
    functions({VpcConfig: {SubnetIds: [['a']]}}),
    'Functions[0].VpcConfig.SubnetIds[0] is ["a"]; it is text',
  ],
  [
    'a number among names of variables',
    functions({Environment: {Variables: {TABLE: 1}}}),
    'Functions[0].Environment.Variables.TABLE is 1; it is text',
  ],
  [
    'an object for a date',
    roles({RoleDetailList: [{CreateDate: {}}]}),
    'RoleDetailList[0].CreateDate is {}; it is a date',
  ],
  ['text for yes or no', roles({IsTruncated: 'no'}), 'IsTruncated is "no"; it is true or false'],
  ['a list for everything', roles([]), 'the answer is []; it is an object'],
  [
    'something long',
    answerProblem(new ListTagsCommand({Resource: 'a'}).schema, {Tags: 'x'.repeat(99)}),
    `Tags is "${'x'.repeat(39)}...; it is an object`,
  ],
  [
    'a number among response types',
    answerProblem(new ListEventSourceMappingsCommand({}).schema, {EventSourceMappings: [{FunctionResponseTypes: [1]}]}),
    'EventSourceMappings[0].FunctionResponseTypes[0] is 1; it is text',
  ],
])('tells of %s', (_, problem, expected) => {
  expect(problem).toBe(expected);
});
