import type {StackEvent} from './events.ts';

/**
 * The events of the newest operation on a stack, oldest first. A rollback that is an operation of its own, which it is
 * on AWS, is told together with what it takes back: that is where the cause is.
 */
export function latestAttempt(events: readonly StackEvent[]): readonly StackEvent[] {
  const newest = beginningOfOperation(events);
  const before = events.slice(0, newest);
  return events.slice(takesBack(events[newest], before.findLast(isOwn)) ? beginningOfOperation(before) : newest);
}

/** The index of the first event of the operation that the last of these events belongs to. */
function beginningOfOperation(events: readonly StackEvent[]): number {
  const last = events.findLast(isOwn);
  // Events of long ago have no OperationId: there an operation begins where somebody asked for it.
  const index =
    last?.operationId === undefined
      ? events.findLastIndex(event => isOwn(event) && event.reason === 'User Initiated')
      : events.findIndex(event => isOwn(event) && event.operationId === last.operationId);
  return Math.max(0, index);
}

/** A creation that failed is rolled back or deleted again; a rollback that is continued was asked for by somebody. */
function takesBack(first: StackEvent | undefined, before: StackEvent | undefined): boolean {
  if (first === undefined || before === undefined) return false;
  if (first.status === 'DELETE_IN_PROGRESS') return first.reason !== undefined && first.reason !== 'User Initiated';
  return first.status.includes('ROLLBACK') && before.status !== 'UPDATE_ROLLBACK_FAILED';
}

/** Of the stack that is watched, about itself. */
function isOwn({isStack, within}: StackEvent): boolean {
  return isStack && within.length === 0;
}
