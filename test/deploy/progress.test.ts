import {describe, expect, test} from 'vitest';
import type {DeployEvent, StackEvent} from '../../src/deploy/events.ts';
import {advance, notStarted} from '../../src/deploy/progress.ts';
import {rootCause} from '../../src/deploy/root-cause.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

function event(second: number, logicalId: string, status: string, reason?: string): StackEvent {
  const isStack = logicalId === 'orders';
  return {
    type: 'stack-event',
    id: `${second}-${logicalId}-${status}`,
    time: at(second),
    operationId: undefined,
    clientRequestToken: undefined,
    within: [],
    code: undefined,
    detail: undefined,
    hook: undefined,
    logicalId,
    physicalId: undefined,
    resourceType: isStack ? 'AWS::CloudFormation::Stack' : 'AWS::SQS::Queue',
    status,
    reason,
    isStack,
  };
}

const change = (logicalId: string): DeployEvent => ({
  type: 'change',
  action: 'Add',
  logicalId,
  resourceType: 'AWS::SQS::Queue',
  replacement: undefined,
});

const fold = (events: readonly DeployEvent[]) => events.reduce(advance, notStarted);

describe('progress', () => {
  test('counts a resource once when it is created', () => {
    const progress = fold([
      change('Queue'),
      change('Table'),
      event(1, 'orders', 'CREATE_IN_PROGRESS'),
      event(2, 'Queue', 'CREATE_IN_PROGRESS'),
      event(3, 'Queue', 'CREATE_IN_PROGRESS', 'Resource creation Initiated'),
      event(4, 'Queue', 'CREATE_COMPLETE'),
    ]);
    expect(progress).toMatchObject({total: 2, done: 1, rollingBack: false});
    expect(progress.resources.get('Queue')).toMatchObject({startedAt: at(2), updatedAt: at(4)});
  });

  test('counts nothing on when a creation that failed is deleted again', () => {
    const progress = fold([
      change('Queue'),
      change('Table'),
      event(1, 'Queue', 'CREATE_FAILED', 'taken'),
      event(2, 'orders', 'DELETE_IN_PROGRESS'),
      event(3, 'Table', 'DELETE_COMPLETE'),
    ]);
    expect(progress).toMatchObject({total: 2, done: 1, rollingBack: true});
  });

  test('counts nothing back and nothing on when an update is rolled back', () => {
    const progress = fold([
      change('Queue'),
      change('Table'),
      event(1, 'Queue', 'UPDATE_IN_PROGRESS'),
      event(2, 'Queue', 'UPDATE_COMPLETE'),
      event(3, 'Table', 'UPDATE_FAILED', 'no'),
      event(4, 'orders', 'UPDATE_ROLLBACK_IN_PROGRESS'),
      event(5, 'Queue', 'UPDATE_IN_PROGRESS'),
      event(6, 'Queue', 'UPDATE_COMPLETE'),
      event(7, 'orders', 'UPDATE_ROLLBACK_COMPLETE'),
    ]);
    expect(progress).toMatchObject({total: 2, done: 2, rollingBack: true});
  });
});

describe('rootCause', () => {
  test('is the oldest failure that nothing else caused', () => {
    const events = [
      event(1, 'Alarm', 'CREATE_FAILED', 'Resource creation cancelled'),
      event(2, 'Queue', 'CREATE_FAILED', 'Value 99 for parameter VisibilityTimeout is invalid'),
      event(3, 'Table', 'CREATE_FAILED', 'Table already exists'),
      event(4, 'orders', 'ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Queue, Table]'),
    ];
    expect(rootCause(events)?.logicalId).toBe('Queue');
  });

  test('is nothing when only the stack itself failed', () => {
    expect(rootCause([event(1, 'orders', 'CREATE_FAILED', 'Template error')])).toBeUndefined();
  });
});
