import {expect, test} from 'vitest';
import type {PermissionChange} from '../../src/deploy/review/permission-changes.ts';
import {reviewText} from '../../src/report/review.ts';

const same = (text: string) => text;
const paint = {bold: same, dim: same, red: same, yellow: same, green: same, cyan: same};
const polls = (action: string) => ({kind: 'allow', action, resource: 'orders-in', conditions: []}) as const;
const role: PermissionChange = {
  kind: 'role',
  name: 'IngestRole',
  functions: ['IngestFunction'],
  verdict: 'widened',
  widened: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map(polls),
  narrowed: [],
};
const review = {changes: [], permissions: [role], atRisk: [], sizes: []};

test('keeps what a role may do more within the terminal, under its first word', () => {
  expect(reviewText(review, paint, 50)).toBe(`Permissions
  IngestRole of IngestFunction  widened
    + sqs:ReceiveMessage, sqs:DeleteMessage,
      sqs:GetQueueAttributes on orders-in`);
});

test('leaves a line whole where there is no terminal', () => {
  // A terminal that nobody gave a size has 0 columns.
  for (const columns of [undefined, 0])
    expect(reviewText(review, paint, columns)).toContain(
      '    + sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on orders-in',
    );
});

test('shows what is in the account and region of the stack by its name', () => {
  const place = {account: '123456789012', region: 'eu-central-1', stackName: 'orders'};
  const on = (resource: string) => {
    const widened = [{...polls('sqs:SendMessage'), resource}];
    return reviewText({...review, permissions: [{...role, widened}], place}, paint).split(' on ')[1];
  };
  expect(on('arn:aws:sqs:eu-central-1:123456789012:orders-in')).toBe('orders-in');
  expect(on('arn:aws:sqs:eu-west-1:123456789012:orders-in')).toBe('arn:aws:sqs:eu-west-1:123456789012:orders-in');
});
