import type {Stack} from '../services/cloudformation/model.ts';
import {removeAll} from './remove.ts';
import type {Run} from './run.ts';

/**
 * Deletes what nothing in the stack stands for any more. A resource that resists is left and said so, and the stack is
 * complete nevertheless, as on AWS.
 */
export async function cleanUp(
  {stackId, doomed}: Stack,
  run: Run,
  end: 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE',
): Promise<void> {
  await removeAll(stackId, doomed, run, {
    // After a rollback everything that is doomed is what the failed update created.
    retains: ({deletionPolicy}) =>
      deletionPolicy === 'Retain' || (deletionPolicy === 'RetainExceptOnCreate' && end === 'UPDATE_COMPLETE'),
    gone: resource => run.store.resourceEvent(run.store.get(stackId), resource),
  });
  if (run.closing()) return;
  const stack = run.store.setStatus(stackId, end, undefined, {doomed: [], before: undefined, target: undefined});
  run.store.endExecution(stack, end === 'UPDATE_COMPLETE' ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED');
}
