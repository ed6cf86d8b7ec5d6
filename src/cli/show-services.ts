import type {ServiceOutcome} from '../deploy/all/service-outcome.ts';
import type {DeployEvent} from '../deploy/events.ts';
import {advance, notStarted} from '../deploy/progress.ts';
import {borrowedLine, eventLine} from '../report/deploy.ts';
import {prefixed, type ServiceState, serviceRows} from '../report/deploy-all.ts';
import {LiveRegion, printLine} from '../terminal/live-region.ts';
import {paintFor} from '../terminal/paint.ts';
import {fitted} from './fitted.ts';
import type {WorkingTime} from './working-time.ts';

export interface ServicesDisplay {
  show(service: string, event: DeployEvent): void;
  /** It has come as far as an approval. */
  prepared(service: string): void;
  ended(outcome: ServiceOutcome): void;
  note(service: string, text: string): void;
  /** What is about no service of its own. */
  print(line: string): void;
  /** One question after the other, and nothing printed while one is asked; what comes meanwhile is printed after it. */
  quiet<T>(ask: () => Promise<T>): Promise<T>;
  /** It was interrupted while CloudFormation worked, which goes on. */
  goesOn(service: string): boolean;
  end(): void;
}

interface Options {
  /** Gets every event. */
  also(service: string, event: DeployEvent): void;
  /** Goes without the time at questions. */
  readonly time: WorkingTime;
}

/** Several deployments on standard error: lines with the service in front, and on a terminal a row for each below them. */
export function showServices(services: readonly string[], {also, time}: Options): ServicesDisplay {
  const stream = process.stderr;
  const paint = paintFor('stderr');
  const region = stream.isTTY ? new LiveRegion(stream) : undefined;
  const width = Math.max(...services.map(({length}) => length));
  const started = new Date();
  const states = new Map<string, ServiceState>(
    services.map(service => [service, {service, phase: 'waiting', progress: notStarted, since: started}]),
  );
  const detached = new Set<string>();
  let asking: Promise<unknown> = Promise.resolve();
  let held: string[] | undefined;
  let saidBorrowed = false;
  const print = (line: string) => {
    if (held !== undefined) held.push(line);
    else printLine(line, region, stream);
  };
  const draw = () => held === undefined && region?.draw(serviceRows([...states.values()], new Date(), paint));
  const timer = region && setInterval(draw, 200);
  const enter = (service: string, phase: ServiceState['phase']) => {
    const state = states.get(service)!;
    if (state.phase !== phase) states.set(service, {...state, phase, since: new Date()});
  };
  return {
    print: line => print(fitted(line, stream)),
    show(service, event) {
      also(service, event);
      const {progress, phase} = states.get(service)!;
      if (event.type === 'step' && event.step === 'execute') enter(service, 'executing');
      else if (phase !== 'executing') enter(service, 'preparing');
      // What it is prepared with a second time is counted anew.
      const from = event.type === 'step' && event.step === 'change-set' ? notStarted : progress;
      const now = advance(from, event);
      states.set(service, {...states.get(service)!, progress: now});
      if (event.type === 'bundled' && event.borrowed && !saidBorrowed) {
        saidBorrowed = true;
        print(borrowedLine.replace('The service has', 'Some service has'));
      }
      const line = eventLine(event, now, paint);
      if (line !== undefined)
        print(prefixed(service, {width, columns: stream.isTTY ? stream.columns : undefined}, line, paint));
      draw();
    },
    prepared: service => enter(service, 'prepared'),
    ended({service, status}) {
      if (status === 'interrupted' && states.get(service)!.phase === 'executing') detached.add(service);
      enter(service, status);
      draw();
    },
    note: (service, text) =>
      print(prefixed(service, {width, columns: stream.isTTY ? stream.columns : undefined}, text, paint)),
    quiet(ask) {
      const asked = asking.then(async () => {
        region?.clear();
        held = [];
        try {
          return await time.without(ask);
        } finally {
          const lines = held;
          held = undefined;
          for (const line of lines) print(line);
        }
      });
      asking = asked.catch(() => {});
      return asked;
    },
    goesOn: service => detached.has(service),
    end() {
      clearInterval(timer);
      region?.clear();
    },
  };
}
