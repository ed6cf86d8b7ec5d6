import {isDeepStrictEqual} from 'node:util';
import type {Project} from '../../project/read-project.ts';
import type {DeployedStack} from '../deploy-stack.ts';
import {holdDeployment} from './held-deployment.ts';
import type {PreparedServices, ServiceRoad} from './prepare-services.ts';
import {runInOrder} from './run-in-order.ts';
import type {ServiceNode} from './service-graph.ts';
import type {ServiceOutcome} from './service-outcome.ts';
import {requireParameters} from './service-parameters.ts';
import type {ServicesDeployment} from './services-deployment.ts';

/**
 * What was approved, and what could not be known before. A service that was prepared with outputs that came out
 * differently is prepared again, and its changes are asked for again: they are others than those that were approved.
 */
export async function executeServices<Review>(
  nodes: readonly ServiceNode[],
  services: PreparedServices<Review>,
  road: ServiceRoad<Review>,
  {concurrency, signal, approve, onOutcome}: ServicesDeployment<Review>,
): Promise<readonly ServiceOutcome<Review>[]> {
  const outputs = new Map(services.outputs);
  const ran = await runInOrder<ServiceOutcome<Review>>(nodes, {
    concurrency,
    succeeded: ({status}) => status === 'deployed' || status === 'unchanged',
    async run({project}) {
      const outcome: ServiceOutcome<Review> = {
        service: project.service,
        stack: project.stack,
        ...(await settle(project)),
      };
      onOutcome(outcome);
      return outcome;
    },
  });
  return nodes.map(({project: {service, stack}}) => {
    const outcome = ran.get(service)!;
    if ('ran' in outcome) return outcome.ran;
    const left: ServiceOutcome<Review> = signal.aborted
      ? {service, stack, status: 'interrupted'}
      : {service, stack, status: 'skipped', because: outcome.skippedFor};
    onOutcome(left);
    return left;
  });

  async function settle(project: Project) {
    try {
      signal.throwIfAborted();
      const stack = await execute(project);
      if (stack === undefined) return {status: 'not-approved'} as const;
      outputs.set(project.service, stack.outputs);
      return {status: stack.changed ? 'deployed' : 'unchanged', outputs: stack.outputs} as const;
    } catch (error) {
      return signal.aborted ? ({status: 'interrupted'} as const) : ({status: 'failed', error} as const);
    }
  }

  /** Undefined when its changes were not approved. */
  async function execute(project: Project): Promise<DeployedStack | undefined> {
    const parameters = requireParameters(project, outputs);
    const before = services.prepared.get(project.service);
    if (before !== undefined && isDeepStrictEqual(parameters, before.parameters)) {
      if (before.held.state === 'held') return before.held.execute();
      if (before.held.state === 'unchanged') return before.held.stack;
    }
    if (before?.held.state === 'held') await before.held.discard();
    const held = await holdDeployment<Review>(ask => road.deploy(project, parameters, ask));
    if (held.state === 'failed') throw held.error;
    if (held.state === 'unchanged') return held.stack;
    try {
      const approved = await approve([{service: project.service, review: held.review}], []);
      return approved && !signal.aborted ? await held.execute() : undefined;
    } finally {
      await held.discard();
    }
  }
}
