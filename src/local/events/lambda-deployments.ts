import type {Clock} from '../clock.ts';
import {hasEnded} from '../services/codedeploy/records.ts';
import {deploymentStep, type StepOptions} from './lambda-deployment-step.ts';

interface LambdaDeploymentsOptions extends StepOptions {
  readonly clock: Clock;
  readonly onWarning?: (warning: string) => void;
}

/** Carries out CodeDeploy's deployments, each step as the role of its group; goes on with those that a stop interrupted. */
export function startLambdaDeployments(options: LambdaDeploymentsOptions): {close(): Promise<void>} {
  const {store, clock, onWarning} = options;
  const work = new Map<string, Promise<void>>();
  const timers = new Map<string, () => void>();
  let closed = false;

  async function advance(id: string): Promise<void> {
    timers.get(id)?.();
    timers.delete(id);
    while (!closed && !hasEnded(store.deployment(id))) {
      const {due, next} = await deploymentStep(store.deployment(id), options);
      if (next !== undefined) wake(next);
      if (due === undefined) continue;
      if (!closed)
        timers.set(
          id,
          clock.after(Math.max(0, due - clock.now()), () => wake(id)),
        );
      return;
    }
  }
  /** One step of a deployment at a time: what wakes it meanwhile is looked at afterwards. */
  function wake(id: string): void {
    const mine = (work.get(id) ?? Promise.resolve())
      .then(() => advance(id))
      .catch(error => onWarning?.(`The deployment ${id} cannot go on: ${(error as Error).message}`))
      .finally(() => {
        if (work.get(id) === mine) work.delete(id);
      });
    work.set(id, mine);
  }

  const unsubscribe = store.onWake(wake);
  for (const deployment of store.deployments()) if (!hasEnded(deployment)) wake(deployment.deploymentId);
  return {
    async close() {
      closed = true;
      unsubscribe();
      for (const cancel of timers.values()) cancel();
      await Promise.all(work.values());
    },
  };
}
