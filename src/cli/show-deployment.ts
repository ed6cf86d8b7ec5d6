import type {DeployEvent} from '../deploy/events.ts';
import {advance, notStarted} from '../deploy/progress.ts';
import {borrowedLine, eventLine, liveLines} from '../report/deploy.ts';
import {LiveRegion, printLine} from '../terminal/live-region.ts';
import {paintFor} from '../terminal/paint.ts';
import {fitted} from './fitted.ts';

export interface DeploymentDisplay {
  show(event: DeployEvent): void;
  /** A line that stays. */
  print(line: string): void;
  /** True once CloudFormation works on its own: an interruption from then on only stops watching. */
  executing(): boolean;
  end(): void;
}

/**
 * A deployment on standard error: lines that stay, and on a terminal the resources under way below them. `also` gets
 * every event before it is shown.
 */
export function showDeployment(also: (event: DeployEvent) => void = () => {}): DeploymentDisplay {
  const stream = process.stderr;
  const paint = paintFor('stderr');
  const region = stream.isTTY ? new LiveRegion(stream) : undefined;
  const print = (line: string) => printLine(fitted(line, stream), region, stream);
  let progress = notStarted;
  let executing = false;
  let saidBorrowed = false;
  const draw = () => region?.draw(liveLines(progress, new Date(), paint));
  let timer: NodeJS.Timeout | undefined;
  return {
    print,
    executing: () => executing,
    show(event) {
      also(event);
      progress = advance(progress, event);
      if (event.type === 'bundled' && event.borrowed && !saidBorrowed) {
        saidBorrowed = true;
        print(borrowedLine);
      }
      const line = eventLine(event, progress, paint);
      if (line !== undefined) print(line);
      if (event.type === 'step') {
        executing = event.step === 'execute' || event.step === 'watch';
        const moves = executing || event.step === 'wait';
        if (!moves) region?.clear();
        clearInterval(timer);
        timer = moves && region !== undefined ? setInterval(draw, 200) : undefined;
      }
      if (timer !== undefined) draw();
    },
    end() {
      clearInterval(timer);
      region?.clear();
    },
  };
}
