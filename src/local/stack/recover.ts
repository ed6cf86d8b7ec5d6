import type {Stack, StackResource} from '../services/cloudformation/model.ts';
import type {CloudFormationStore} from '../services/cloudformation/store.ts';
import {failCreation, failUpdate} from './deploy.ts';

const stopped = 'gear local was stopped before this was done.';

/**
 * After a start, brings the stacks that were in the middle of something to where the engine can go on: a creation or an
 * update has failed and is rolled back, unless it only waited for something that goes on by itself; everything else is
 * taken up again. Answers the stacks to go on with.
 */
export function recoverInterrupted(store: CloudFormationStore): readonly string[] {
  const interrupted = store
    .stacks()
    .filter(({status}) => status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS');
  for (const stack of interrupted) {
    if (stack.status !== 'CREATE_IN_PROGRESS' && stack.status !== 'UPDATE_IN_PROGRESS') continue;
    // An update whose resources were all done is done: only its clean-up is missing.
    if (stack.target === undefined) {
      if (stack.status === 'CREATE_IN_PROGRESS')
        store.endExecution(store.setStatus(stack.stackId, 'CREATE_COMPLETE'), 'EXECUTE_COMPLETE');
      else store.setStatus(stack.stackId, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      continue;
    }
    if (onlyWaits(stack)) continue;
    for (const resource of Object.values(stack.resources)) failInterrupted(store, stack, resource);
    if (stack.status === 'CREATE_IN_PROGRESS') failCreation(stack, store, stopped);
    else failUpdate(stack, store, stopped);
  }
  return interrupted.map(({stackId}) => stackId);
}

/** Every resource under way waits for a deployment, which has survived as well. */
function onlyWaits({status, resources}: Stack): boolean {
  const underWay = Object.values(resources).filter(resource => resource.status.endsWith('_IN_PROGRESS'));
  return status === 'UPDATE_IN_PROGRESS' && underWay.length > 0 && underWay.every(({awaited}) => awaited !== undefined);
}

function failInterrupted(store: CloudFormationStore, {stackId}: Stack, resource: StackResource): void {
  if (!resource.status.endsWith('_IN_PROGRESS')) return;
  store.setResource(stackId, {
    ...resource,
    status: resource.status.startsWith('CREATE') ? 'CREATE_FAILED' : 'UPDATE_FAILED',
    statusReason: stopped,
    time: store.now(),
  });
}
