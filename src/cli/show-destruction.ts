import type {DestroyEvent} from '../deploy/destroy-stack.ts';
import {type BusyResource, busyLine, destroyLine, waitReason} from '../report/destroy.ts';
import {LiveRegion} from '../terminal/live-region.ts';
import {paintFor} from '../terminal/paint.ts';

interface DestructionDisplay {
  show(event: DestroyEvent): void;
  /** A line that stays. */
  print(line: string): void;
  /** True once CloudFormation works on its own. */
  deleting(): boolean;
  end(): void;
}

/** Lambda gives interfaces back in the background; whoever waits longer than this wants to know for what. */
const patience = 30_000;

/** A deletion on standard error: what is done, and on a terminal what is under way below it. */
export function showDestruction(inNetwork: ReadonlySet<string>): DestructionDisplay {
  const stream = process.stderr;
  const paint = paintFor('stderr');
  const region = stream.isTTY ? new LiveRegion(stream) : undefined;
  const print = (line: string) => (region === undefined ? stream.write(`${line}\n`) : region.print(line));
  const busy = new Map<string, BusyResource>();
  const explained = new Set<string>();
  const draw = () => {
    const now = new Date();
    for (const resource of busy.values()) {
      const {logicalId, startedAt} = resource;
      if (explained.has(logicalId) || now.getTime() - startedAt.getTime() < patience) continue;
      explained.add(logicalId);
      const reason = waitReason(resource, inNetwork.has(logicalId));
      if (reason !== undefined) print(reason);
    }
    region?.draw([...busy.values()].map(resource => busyLine(resource, now, paint)));
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    print,
    deleting: () => timer !== undefined,
    show(event) {
      const line = destroyLine(event, paint);
      if (line !== undefined) print(line);
      if (event.type === 'deleting') timer ??= setInterval(draw, 500);
      if (event.type !== 'stack-event' || event.isStack) return;
      const {resourceType} = event;
      const logicalId = [...event.within, event.logicalId].join('/');
      if (event.status === 'DELETE_IN_PROGRESS') busy.set(logicalId, {logicalId, resourceType, startedAt: new Date()});
      else busy.delete(logicalId);
    },
    end() {
      clearInterval(timer);
      region?.clear();
    },
  };
}
