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
