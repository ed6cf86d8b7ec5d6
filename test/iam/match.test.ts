import {expect, test} from 'vitest';
import {coversAction, coversResource, matchesAction, matchesResource, overlapsResource} from '../../src/iam/match.ts';

test.each([
  ['sqs:SendMessage', 'sqs:SendMessage', true],
  ['SQS:sendmessage', 'sqs:SendMessage', true],
  ['sqs:Send*', 'sqs:SendMessage', true],
  ['sqs:*', 'sqs:SendMessage', true],
  ['*', 'sqs:SendMessage', true],
  ['s?s:SendMessage', 'sqs:SendMessage', true],
  ['sqs:Send', 'sqs:SendMessage', false],
  ['sns:*', 'sqs:SendMessage', false],
])('action pattern %s on %s: %s', (pattern, action, expected) => {
  expect(matchesAction(pattern, action)).toBe(expected);
});

const queue = 'arn:aws:sqs:us-east-1:000000000000:orders';
test.each([
  ['*', queue, true],
  ['*', '*', true],
  [queue, queue, true],
  ['arn:aws:sqs:*:*:orders', queue, true],
  ['arn:aws:sqs:*:*:ord*', queue, true],
  ['arn:aws:sqs:*', queue, true],
  ['arn:*', queue, true],
  ['arn:aws:sq*', queue, true],
  ['arn:aws:sqs:us-east-1:000000000000:Orders', queue, false],
  // A star within a segment does not run over the colon behind it.
  ['arn:aws:*:orders', queue, false],
  ['arn:*:000000000000:orders', queue, false],
  [queue, '*', false],
  ['arn:aws:s3:::receipts/*', 'arn:aws:s3:::receipts/2026/1.json', true],
  ['arn:aws:s3:::receipts/*', 'arn:aws:s3:::receipts', false],
  ['arn:aws:s3:::receipts*', 'arn:aws:s3:::receipts-old/1.json', true],
  [
    'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/a:*',
    'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/a:log-stream:2026/1',
    true,
  ],
  [
    'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/a:*',
    'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/a',
    false,
  ],
])('resource pattern %s on %s: %s', (pattern, arn, expected) => {
  expect(matchesResource(pattern, arn)).toBe(expected);
});

test.each([
  ['sqs:*', 'sqs:Send*', true],
  ['sqs:Send*', 'SQS:sendmessage', true],
  ['sqs:Send*', 'sqs:*', false],
])('action pattern %s covers %s: %s', (wide, narrow, expected) => {
  expect(coversAction(wide, narrow)).toBe(expected);
});

test.each([
  ['*', 'arn:aws:s3:::receipts/*', true],
  ['arn:aws:s3:::*', 'arn:aws:s3:::receipts/*', true],
  ['arn:aws:s3:::receipts/*', 'arn:aws:s3:::*', false],
  ['arn:aws:sqs:*', 'arn:aws:sqs:*:*:orders', true],
  ['arn:aws:sqs:*:*:*', 'arn:aws:sqs:*', true],
  ['arn:aws:sqs:*:*:*', '*', false],
])('resource pattern %s covers %s: %s', (wide, narrow, expected) => {
  expect(coversResource(wide, narrow)).toBe(expected);
});

test('two patterns overlap when one ARN can match both', () => {
  expect(overlapsResource('arn:aws:s3:::receipts/*', 'arn:*:s3:::*/*.json')).toBe(true);
  expect(overlapsResource('arn:aws:s3:::receipts/*', 'arn:aws:sqs:*:*:*')).toBe(false);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's
  const table = 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders';
  expect(overlapsResource('arn:*:dynamodb:*:*:table/*', table)).toBe(true);
  expect(overlapsResource('arn:*:dynamodb:*:*:export/*', table)).toBe(false);
});
