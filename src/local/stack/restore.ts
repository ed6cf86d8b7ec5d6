import type {Stack, StackResource} from '../services/cloudformation/model.ts';
import {noNotes, resourceContext} from './context.ts';
import {physicalPart} from './create-physical.ts';
import {describeFailure} from './failure.ts';
import {runGraph} from './graph.ts';
import {Interrupted} from './interrupted.ts';
import {changedProperties} from './resource-change.ts';
import {resourceTypes} from './resources/index.ts';
import type {Run} from './run.ts';
import {updatePhysical} from './update-physical.ts';

/** The rollback of an update: what was changed is changed back, what was replaced stands again, what is new is doomed. */
export async function restore({stackId, before = {}, skipped = []}: Stack, run: Run): Promise<void> {
  const failed = await runGraph(
    new Map(Object.entries(before).map(([name, {dependsOn}]) => [name, new Set(dependsOn)])),
    {
      keepGoing: true,
      stop: run.closing,
      work: name => restoreResource(stackId, before[name]!, run, skipped.includes(name)),
    },
  );
  if (run.closing()) return;
  if (failed.length > 0) {
    const reason = `The following resource(s) failed to update: [${failed.join(', ')}]. `;
    run.store.endExecution(run.store.setStatus(stackId, 'UPDATE_ROLLBACK_FAILED', reason), 'EXECUTE_FAILED');
    return;
  }
  const stack = run.store.get(stackId);
  run.store.setStatus(stackId, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', undefined, {
    resources: Object.fromEntries(Object.keys(before).map(name => [name, stack.resources[name] ?? before[name]!])),
    doomed: newcomers(stack, before),
    skipped: undefined,
  });
}

/** Physical resources that the update made. The old ones of replacements stand in the stack again. */
function newcomers({resources, doomed}: Stack, before: Readonly<Record<string, StackResource>>): StackResource[] {
  const old = new Set(Object.values(before).map(({physicalId}) => physicalId));
  const replacements = doomed.filter(({physicalId}) => !old.has(physicalId));
  const added = Object.values(resources).filter(
    ({logicalId, physicalId, intendedId}) =>
      before[logicalId] === undefined && (physicalId !== undefined || intendedId !== undefined),
  );
  return [...replacements, ...added];
}

async function restoreResource(stackId: string, before: StackResource, run: Run, skip: boolean): Promise<boolean> {
  const stack = run.store.get(stackId);
  const {resources} = stack;
  const current = resources[before.logicalId] ?? before;
  doomReplacement(stackId, before, current, run);
  const changed =
    current.physicalId === before.physicalId &&
    (!current.status.endsWith('_COMPLETE') || changedProperties(current.properties, before.properties).length > 0);
  if (!changed || skip) {
    run.store.update(stackId, now => ({...now, resources: {...now.resources, [before.logicalId]: before}}));
    return true;
  }
  const {physicalId: id = '', attributes, attempted = current.properties, awaited} = current;
  const record = (change: Partial<StackResource> & Pick<StackResource, 'status'>) =>
    run.store.setResource(stackId, {...before, ...change, time: run.store.now()});
  record({status: 'UPDATE_IN_PROGRESS', attempted, awaited});
  try {
    const context = resourceContext(stack, before, run, noNotes, {awaited});
    const type = resourceTypes.get(before.type)!;
    const physical = await updatePhysical(type, {id, properties: attempted, attributes}, before.properties, context);
    record({status: 'UPDATE_COMPLETE', ...physicalPart(physical)});
    return true;
  } catch (error) {
    if (error instanceof Interrupted) return false;
    record({status: 'UPDATE_FAILED', statusReason: describeFailure(error), attempted});
    return false;
  }
}

/** The new resource of a replacement, whole or half made, is of no use any more. */
function doomReplacement(stackId: string, before: StackResource, current: StackResource, run: Run): void {
  const replacement = current.physicalId === before.physicalId ? current.intendedId : current.physicalId;
  if (replacement === undefined) return;
  const doomed: StackResource = {...current, physicalId: replacement, intendedId: undefined, deletionPolicy: 'Delete'};
  run.store.update(stackId, stack => ({...stack, doomed: [...stack.doomed, doomed]}));
}
