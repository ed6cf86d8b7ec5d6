import {afterEach, beforeEach, expect, test} from 'vitest';
import {openStackBench, type StackBench} from './stack-bench.ts';

let stack: StackBench;
beforeEach(() => {
  stack = openStackBench();
});
afterEach(() => stack.close());

const queue = (properties: object = {}, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
  ...more,
});

/** Lets a call begin and never end: the moment at which the process dies. */
function hangAt(operation: string): Promise<void> {
  return new Promise(begun => {
    stack.on(operation, () => {
      begun();
      return new Promise(() => {});
    });
  });
}

test('a creation that was interrupted is rolled back, with the resource that may have been made', async () => {
  const begun = hangAt('logs:CreateLogGroup');
  void stack.deploy({
    Resources: {Inbox: queue({QueueName: 'inbox'}), Logs: {Type: 'AWS::Logs::LogGroup', DependsOn: 'Inbox'}},
  });
  await begun;
  await stack.restart();
  await expect
    .poll(() => stack.events())
    .toContain('orders ROLLBACK_IN_PROGRESS gear local was stopped before this was done. Rollback requested by user.');
  await expect
    .poll(() => stack.call('DescribeStacks', {StackName: 'orders'}))
    .toMatchObject({
      Stacks: [{StackStatus: 'ROLLBACK_COMPLETE'}],
    });
  expect(await stack.events()).toContain('Logs CREATE_FAILED gear local was stopped before this was done.');
  expect(stack.calls.slice(2)).toEqual([
    expect.stringMatching(/^logs:DeleteLogGroup orders-Logs-[A-Z0-9]{12}$/),
    'sqs:DeleteQueue http://127.0.0.1:4566/000000000000/inbox',
  ]);
});

test('an update that was interrupted is rolled back', async () => {
  await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox', DelaySeconds: 1})}});
  const begun = hangAt('sqs:SetQueueAttributes');
  void stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox', DelaySeconds: 2})}});
  await begun;
  const restored: unknown[] = [];
  stack.on('sqs:SetQueueAttributes', ({Attributes}) => void restored.push(Attributes));
  await stack.restart();
  expect(await stack.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(restored).toEqual([{DelaySeconds: '1'}]);
});

test('a replacement that was interrupted leaves the old resource, and not the new', async () => {
  await stack.deploy({Resources: {Logs: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: 'old'}}}});
  const begun = hangAt('logs:CreateLogGroup');
  void stack.deploy({Resources: {Logs: {Type: 'AWS::Logs::LogGroup'}}});
  await begun;
  stack.calls.length = 0;
  await stack.restart();
  expect(await stack.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stack.calls).toEqual([expect.stringMatching(/^logs:DeleteLogGroup orders-Logs-[A-Z0-9]{12}$/)]);
});

test('a deletion that was interrupted goes on', async () => {
  await stack.deploy({Resources: {Inbox: queue({QueueName: 'inbox'})}});
  const begun = hangAt('sqs:DeleteQueue');
  void stack.destroy();
  await begun;
  stack.on('sqs:DeleteQueue', () => ({}));
  await stack.restart();
  expect(await stack.status()).toBe('DELETE_COMPLETE');
});

test('a clean-up that was interrupted goes on', async () => {
  await stack.deploy({Resources: {Inbox: queue({QueueName: 'old'})}});
  const begun = hangAt('sqs:DeleteQueue');
  void stack.deploy({Resources: {Inbox: queue({QueueName: 'new'})}});
  await begun;
  expect(await stack.status()).toBe('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  stack.on('sqs:DeleteQueue', () => ({}));
  await stack.restart();
  expect(await stack.status()).toBe('UPDATE_COMPLETE');
});
