import type {DestroyEvent} from '../deploy/destroy-stack.ts';
import {type DestructionPhase, phaseAfter} from '../deploy/destruction-phase.ts';
import {destroyLine} from '../report/destroy.ts';
import {LiveRegion, printLine} from '../terminal/live-region.ts';
import {paintFor} from '../terminal/paint.ts';
import {busyResources} from './busy-resources.ts';
import {fitted} from './fitted.ts';

interface DestructionDisplay {
  show(event: DestroyEvent): void;
  /** A line that stays. */
  print(line: string): void;
  phase(): DestructionPhase;
  end(): void;
}

/** A deletion on standard error: what is done, and on a terminal what is under way below it. */
export function showDestruction(inNetwork: ReadonlySet<string>): DestructionDisplay {
  const stream = process.stderr;
  const paint = paintFor('stderr');
  const region = stream.isTTY ? new LiveRegion(stream) : undefined;
  const print = (line: string) => printLine(fitted(line, stream), region, stream);
  const busy = busyResources(inNetwork);
  const draw = () => {
    const now = new Date();
    for (const reason of busy.reasons(now)) print(reason);
    region?.draw([...busy.rows(now, paint)]);
  };
  let timer: NodeJS.Timeout | undefined;
  let phase: DestructionPhase = 'untouched';
  return {
    print,
    phase: () => phase,
    show(event) {
      phase = phaseAfter(event, phase);
      const line = destroyLine(event, paint);
      if (line !== undefined) print(line);
      if (event.type === 'deleting') timer ??= setInterval(draw, 500);
      busy.heard(event);
    },
    end() {
      clearInterval(timer);
      region?.clear();
    },
  };
}
