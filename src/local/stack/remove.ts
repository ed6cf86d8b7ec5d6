import type {Stack, StackResource} from '../services/cloudformation/model.ts';
import {noNotes, resourceContext} from './context.ts';
import {describeFailure, isAbsent} from './failure.ts';
import {type Graph, reversed, runGraph} from './graph.ts';
import {Interrupted} from './interrupted.ts';
import {resourceTypes} from './resources/index.ts';
import type {Run} from './run.ts';

/** Deletes resources, what depends on others first. Answers the logical IDs of those that are still there. */
export async function removeAll(
  stackId: string,
  resources: readonly StackResource[],
  run: Run,
  {
    retains,
    gone,
  }: {
    /** Whether a resource is to be left alone. */
    retains(resource: StackResource): boolean;
    /** Notes the new state of a resource. */
    gone(resource: StackResource): void;
  },
): Promise<readonly string[]> {
  const keyed = new Map(resources.map((resource, index) => [`${resource.logicalId}#${index}`, resource]));
  const keysOf = (name: string) => [...keyed.keys()].filter(key => key.slice(0, key.lastIndexOf('#')) === name);
  const dependencies: Graph = new Map(
    [...keyed].map(([key, {dependsOn}]) => [key, new Set(dependsOn.flatMap(keysOf))]),
  );
  const failed = await runGraph(reversed(dependencies), {
    keepGoing: true,
    stop: run.closing,
    work: async key => {
      const resource = keyed.get(key)!;
      const record = (status: StackResource['status'], statusReason?: string) => {
        const {statusReason: _, ...rest} = resource;
        gone({...rest, status, time: run.store.now(), ...(statusReason === undefined ? {} : {statusReason})});
      };
      const ids = [resource.physicalId, resource.intendedId].filter(id => id !== undefined);
      if (retains(resource)) {
        record('DELETE_SKIPPED');
        return true;
      }
      if (ids.length > 0) record('DELETE_IN_PROGRESS');
      try {
        for (const id of ids) await deletePhysical(run.store.get(stackId), resource, id, run);
        record('DELETE_COMPLETE');
        return true;
      } catch (error) {
        if (!(error instanceof Interrupted)) record('DELETE_FAILED', describeFailure(error));
        return false;
      }
    },
  });
  return failed.map(key => keyed.get(key)!.logicalId);
}

/** What is not there any more is deleted. */
export async function deletePhysical(stack: Stack, resource: StackResource, id: string, run: Run): Promise<void> {
  const {type, properties, attributes} = resource;
  try {
    await resourceTypes.get(type)?.delete({id, properties, attributes}, resourceContext(stack, resource, run, noNotes));
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
