import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {StackEngine} from '../services/cloudformation/engine.ts';
import type {Stack, StackStatus} from '../services/cloudformation/model.ts';
import type {CloudFormationStore} from '../services/cloudformation/store.ts';
import {detectDrift} from './drift.ts';
import {describeFailure} from './failure.ts';
import {Interrupted} from './interrupted.ts';
import {planDeployment} from './plan.ts';
import {recoverInterrupted} from './recover.ts';
import type {Run} from './run.ts';
import {steps} from './steps.ts';
import {summarizeTemplate} from './summary.ts';

interface StackEngineOptions {
  readonly store: CloudFormationStore;
  readonly access: Pick<Access, 'call'>;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

export interface RunningStackEngine extends StackEngine {
  /** Resolves when nothing is being done to the stack any more. */
  settled(stackId: string): Promise<void>;
  /** Starts nothing more, waits for calls under way; the next start finds what was interrupted. */
  close(): Promise<void>;
}

/** Attaches itself to the service, and takes up the stacks that an earlier process left in the middle. */
export function startStackEngine({store, access, clock, account, region}: StackEngineOptions): RunningStackEngine {
  const running = new Map<string, Promise<void>>();
  const cancelled = new Set<string>();
  const pauses = new Set<() => void>();
  let closing = false;
  const run: Run = {
    store,
    account,
    region,
    call: (caller, service, operation, input) => access.call(caller, service, operation, input),
    stopping: stackId => closing || cancelled.has(stackId),
    closing: () => closing,
    cancelled: stackId => cancelled.has(stackId),
    pause: milliseconds =>
      new Promise((resolve, reject) => {
        const interrupt = () => {
          cancel();
          reject(new Interrupted());
        };
        const cancel = clock.after(milliseconds, () => {
          pauses.delete(interrupt);
          resolve();
        });
        if (closing) interrupt();
        else pauses.add(interrupt);
      }),
  };
  const start = (stackId: string) => {
    cancelled.delete(stackId);
    const work = advance(stackId, run).finally(() => {
      if (running.get(stackId) === work) running.delete(stackId);
    });
    running.set(stackId, work);
  };
  const engine: RunningStackEngine = {
    plan: (stack, deployment) => planDeployment(store, stack, deployment, {account, region}),
    summarize: summarizeTemplate,
    detectDrift: (stack, caller) => detectDrift(stack, caller, run),
    start,
    cancel: stackId => void cancelled.add(stackId),
    settled: stackId => running.get(stackId) ?? Promise.resolve(),
    async close() {
      closing = true;
      for (const interrupt of pauses) interrupt();
      await Promise.all(running.values());
    },
  };
  store.attach(engine);
  for (const stackId of recoverInterrupted(store)) start(stackId);
  return engine;
}

/** Each step leaves the stack in another status; one that has no step is where it rests. */
async function advance(stackId: string, run: Run): Promise<void> {
  // The operation that starts this answers first.
  await Promise.resolve();
  while (!run.closing()) {
    const stack = run.store.get(stackId);
    const step = steps[stack.status];
    if (step === undefined) return;
    try {
      await step(stack, run);
    } catch (error) {
      run.store.setStatus(stackId, failedStatus(stack), describeFailure(error));
      run.store.endExecution(stack, 'EXECUTE_FAILED');
      return;
    }
  }
}

/** Where a stack rests when the engine itself failed: nothing may stay in progress for ever. */
function failedStatus({status}: Stack): StackStatus {
  if (status === 'CREATE_IN_PROGRESS') return 'CREATE_FAILED';
  if (status === 'ROLLBACK_IN_PROGRESS') return 'ROLLBACK_FAILED';
  if (status === 'DELETE_IN_PROGRESS') return 'DELETE_FAILED';
  return status === 'UPDATE_IN_PROGRESS' ? 'UPDATE_FAILED' : 'UPDATE_ROLLBACK_FAILED';
}
