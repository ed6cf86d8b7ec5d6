import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Caller} from '../../src/local/caller.ts';
import {type Clock, systemClock} from '../../src/local/clock.ts';
import type {RequestContext, Service} from '../../src/local/operation.ts';
import {openState, type State} from '../../src/local/state.ts';

export const developer: Caller = {kind: 'developer', arn: 'arn:aws:iam::000000000000:user/developer'};

/** Services called directly, without wire and without authorisation: for the tests of one service's behaviour. */
export interface Bench {
  readonly state: State;
  readonly folder: string;
  readonly clock: Clock;
  /** Services made by the test, by name; `call` of the context finds them here. */
  readonly services: Map<string, Service>;
  call<T = Record<string, unknown>>(service: string, operation: string, input?: object, caller?: Caller): Promise<T>;
  context(caller?: Caller): RequestContext;
  close(): Promise<void>;
}

export function openBench(clock: Clock = systemClock): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'gear-bench-'));
  const state = openState(folder);
  const services = new Map<string, Service>();
  const stop = new AbortController();
  let requests = 0;
  const context = (caller: Caller = developer): RequestContext => ({
    caller,
    account: '000000000000',
    region: 'us-east-1',
    requestId: `request-${++requests}`,
    endpoint: 'http://127.0.0.1:4566',
    clock,
    signal: stop.signal,
    call: (service, operation, input, as) => call(service, operation, input, as ?? caller),
  });
  const call = async <T>(name: string, operationName: string, input: object = {}, caller?: Caller): Promise<T> => {
    const service = services.get(name);
    const operation = service?.operations.find(candidate => candidate.name === operationName);
    if (service === undefined || operation === undefined) throw new Error(`no operation ${name}:${operationName}`);
    return (await operation.run(input, context(caller), service.store)) as T;
  };
  return {
    state,
    folder,
    clock,
    services,
    call,
    context,
    async close() {
      stop.abort();
      for (const service of services.values()) await service.close?.();
      state.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** A clock that stands still until it is moved; tasks due on the way run in order. */
export function manualClock(
  start = Date.parse('2026-01-01T00:00:00Z'),
): Clock & {advance(milliseconds: number): Promise<void>} {
  let now = start;
  const tasks: {due: number; run: () => void}[] = [];
  return {
    now: () => now,
    after(milliseconds, run) {
      const task = {due: now + milliseconds, run};
      tasks.push(task);
      return () => {
        const index = tasks.indexOf(task);
        if (index >= 0) tasks.splice(index, 1);
      };
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = tasks.filter(task => task.due <= end).sort((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        tasks.splice(tasks.indexOf(next), 1);
        now = next.due;
        next.run();
        await new Promise(resolve => setImmediate(resolve));
      }
      now = end;
      await new Promise(resolve => setImmediate(resolve));
    },
  };
}
