import type {Stack} from '../services/cloudformation/model.ts';
import {removeAll} from './remove.ts';
import type {Run} from './run.ts';

export async function deleteStack(stack: Stack, run: Run): Promise<void> {
  const {stackId} = stack;
  for (const {exportName} of stack.outputs) {
    const [importer] = exportName === undefined ? [] : run.store.importersOf(exportName);
    if (importer === undefined) continue;
    run.store.setStatus(
      stackId,
      'DELETE_FAILED',
      `Cannot delete export ${exportName} as it is in use by ${importer.stackName}.`,
    );
    return;
  }
  const failed = await removeResources(
    stack,
    run,
    // Until a creation has succeeded, deleting is its rollback.
    ({logicalId, deletionPolicy}) =>
      deletionPolicy === 'Retain' ||
      (deletionPolicy === 'RetainExceptOnCreate' && stack.deployed !== undefined) ||
      (stack.skipped ?? []).includes(logicalId),
  );
  if (run.closing()) return;
  run.store.endExecution(stack, 'EXECUTE_FAILED');
  if (failed.length > 0) {
    run.store.setStatus(
      stackId,
      'DELETE_FAILED',
      `The following resource(s) failed to delete: [${failed.join(', ')}]. `,
    );
    return;
  }
  run.store.setStatus(stackId, 'DELETE_COMPLETE', undefined, {
    deleted: run.store.now(),
    outputs: [],
    imports: [],
    before: undefined,
  });
  for (const changeSet of run.store.changeSets(stackId)) run.store.deleteChangeSet(changeSet.changeSetId);
}

/** Of a creation that failed. What is to be retained in spite of that stays. */
export async function rollBackCreation(stack: Stack, run: Run): Promise<void> {
  const failed = await removeResources(stack, run, ({deletionPolicy}) => deletionPolicy === 'Retain');
  if (run.closing()) return;
  run.store.endExecution(stack, 'EXECUTE_FAILED');
  if (failed.length > 0)
    run.store.setStatus(
      stack.stackId,
      'ROLLBACK_FAILED',
      `The following resource(s) failed to delete: [${failed.join(', ')}]. `,
    );
  else run.store.setStatus(stack.stackId, 'ROLLBACK_COMPLETE');
}

function removeResources(
  {stackId, resources, doomed}: Stack,
  run: Run,
  retains: Parameters<typeof removeAll>[3]['retains'],
): Promise<readonly string[]> {
  const standing = Object.values(resources).filter(
    ({status}) => status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED',
  );
  const current = new Set(standing.map(({logicalId}) => logicalId));
  return removeAll(stackId, [...standing, ...doomed.filter(({logicalId}) => !current.has(logicalId))], run, {
    retains,
    gone: resource => run.store.setResource(stackId, resource),
  });
}
