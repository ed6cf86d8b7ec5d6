import type {DestroyEvent} from '../deploy/destroy-stack.ts';
import {pathOf} from '../deploy/events.ts';
import {type BusyResource, busyLine, waitReason} from '../report/destroy.ts';
import type {Paint} from '../terminal/paint.ts';

interface BusyResources {
  heard(event: DestroyEvent): void;
  /** What those that take long wait for, each said once. */
  reasons(now: Date): readonly string[];
  rows(now: Date, paint: Paint): readonly string[];
}

/** Lambda gives interfaces back in the background; whoever waits longer than this wants to know for what. */
const patience = 30_000;

/** What CloudFormation is deleting of a stack right now. */
export function busyResources(inNetwork: ReadonlySet<string>): BusyResources {
  const busy = new Map<string, BusyResource>();
  const explained = new Set<string>();
  return {
    heard(event) {
      if (event.type !== 'stack-event' || event.isStack) return;
      const {resourceType} = event;
      const logicalId = pathOf(event);
      if (event.status === 'DELETE_IN_PROGRESS') busy.set(logicalId, {logicalId, resourceType, startedAt: new Date()});
      else busy.delete(logicalId);
    },
    reasons(now) {
      const late = [...busy.values()].filter(
        ({logicalId, startedAt}) => !explained.has(logicalId) && now.getTime() - startedAt.getTime() >= patience,
      );
      for (const {logicalId} of late) explained.add(logicalId);
      return late.flatMap(resource => waitReason(resource, inNetwork.has(resource.logicalId)) ?? []);
    },
    rows: (now, paint) => [...busy.values()].map(resource => busyLine(resource, now, paint)),
  };
}
