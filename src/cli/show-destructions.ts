import type {DestroyEvent} from '../deploy/destroy-stack.ts';
import {type DestructionPhase, phaseAfter} from '../deploy/destruction-phase.ts';
import {prefixed} from '../report/deploy-all.ts';
import {destroyLine} from '../report/destroy.ts';
import {LiveRegion, printLine} from '../terminal/live-region.ts';
import {paintFor} from '../terminal/paint.ts';
import {busyResources} from './busy-resources.ts';

export interface DestructionsDisplay {
  /** Before its first event: those of its functions that are in a VPC. */
  follow(service: string, inNetwork: readonly string[]): void;
  show(service: string, event: DestroyEvent): void;
  note(service: string, text: string): void;
  phase(service: string): DestructionPhase;
  end(): void;
}

/** Several deletions on standard error, each line with its service in front, and on a terminal what is under way below. */
export function showDestructions(services: readonly string[]): DestructionsDisplay {
  const stream = process.stderr;
  const paint = paintFor('stderr');
  const region = stream.isTTY ? new LiveRegion(stream) : undefined;
  const width = Math.max(0, ...services.map(({length}) => length));
  const named = (service: string, text: string, columns = stream.isTTY ? stream.columns : undefined) =>
    prefixed(service, {width, columns}, text, paint);
  // The region cuts what is too long.
  const row = (service: string, text: string) => named(service, text, Number.POSITIVE_INFINITY);
  const print = (line: string) => printLine(line, region, stream);
  const busy = new Map<string, ReturnType<typeof busyResources>>();
  const phases = new Map<string, DestructionPhase>();
  const draw = () => {
    const now = new Date();
    for (const [service, resources] of busy) for (const reason of resources.reasons(now)) print(named(service, reason));
    region?.draw([...busy].flatMap(([service, {rows}]) => rows(now, paint).map(text => row(service, text))));
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    follow: (service, inNetwork) => busy.set(service, busyResources(new Set(inNetwork))),
    show(service, event) {
      phases.set(service, phaseAfter(event, phases.get(service) ?? 'untouched'));
      if (event.type === 'deleting') timer ??= setInterval(draw, 500);
      const line = destroyLine(event, paint);
      if (line !== undefined) print(named(service, line));
      busy.get(service)!.heard(event);
    },
    note: (service, text) => print(named(service, text)),
    phase: service => phases.get(service) ?? 'untouched',
    end() {
      clearInterval(timer);
      region?.clear();
    },
  };
}
