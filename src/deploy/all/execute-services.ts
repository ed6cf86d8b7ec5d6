import {isDeepStrictEqual} from 'node:util';
import {isAborted} from '../../errors.ts';
import type {Project} from '../../project/read-project.ts';
import type {DeployedStack} from '../deploy-stack.ts';
import {beyondReview} from '../review/beyond-review.ts';
import {dependentsWithin} from '../review/dependents.ts';
import {type HeldDeployment, holdDeployment} from './held-deployment.ts';
import type {PreparedServices, ServiceRoad} from './prepare-services.ts';
import {runInOrder} from './run-in-order.ts';
import type {ServiceNode} from './service-graph.ts';
import type {ServiceOutcome} from './service-outcome.ts';
import {requireParameters} from './service-parameters.ts';
import type {ServicesDeployment} from './services-deployment.ts';

/**
 * What was approved, and what could not be known before. A service whose parameters came out as others than it was
 * reviewed with gets a change set now, and is asked for again only when that does more than what these parameters do.
 */
export async function executeServices(
  nodes: readonly ServiceNode[],
  services: PreparedServices,
  road: ServiceRoad,
  {concurrency, signal, approve, onOutcome, onLeft}: ServicesDeployment,
): Promise<readonly ServiceOutcome[]> {
  const outputs = new Map(services.outputs);
  const ran = await runInOrder<ServiceOutcome>(nodes, {
    concurrency,
    succeeded: ({status}) => status === 'deployed' || status === 'unchanged',
    async run({project}) {
      const outcome: ServiceOutcome = {
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
    const left: ServiceOutcome = signal.aborted
      ? {service, stack, status: 'interrupted'}
      : {service, stack, status: 'skipped', because: outcome.skippedFor};
    onOutcome(left);
    return left;
  });

  async function settle(project: Project) {
    try {
      signal.throwIfAborted();
      const stack = await execute(project);
      if (stack === undefined) {
        signal.throwIfAborted();
        return {status: 'not-approved'} as const;
      }
      outputs.set(project.service, stack.outputs);
      return {status: stack.changed ? 'deployed' : 'unchanged', outputs: stack.outputs} as const;
    } catch (error) {
      return isAborted(error) ? ({status: 'interrupted'} as const) : ({status: 'failed', error} as const);
    }
  }

  /** Undefined when its changes were not approved. */
  async function execute(project: Project): Promise<DeployedStack | undefined> {
    const {service} = project;
    const parameters = requireParameters(project, outputs);
    const before = services.prepared.get(service);
    if (before !== undefined && isDeepStrictEqual(parameters, before.parameters)) {
      if (before.held.state === 'held') return before.held.execute();
      if (before.held.state === 'unchanged') return before.held.stack;
    }
    const packaged = services.packaged.get(service) ?? (await road.package(project, parameters));
    // As long as its plan is there to be compared with.
    const since = (await before?.changedSince?.(packaged)) ?? [];
    if (before !== undefined) await takeBack(service, before.held);
    const held = await holdDeployment(ask => road.deploy(project, packaged, parameters, ask));
    if (held.state === 'failed') throw held.error;
    if (held.state === 'unchanged') return held.stack;
    try {
      const differing = Object.keys(parameters).filter(name => parameters[name] !== before?.parameters[name]);
      const beyond = [...since, ...beyondReview(reviewed(service), held.review, dependentsWithin(packaged, differing))];
      const approved = beyond.length === 0 || (await approve([{service, review: held.review}], [], beyond)) === true;
      return approved && !signal.aborted ? await held.execute() : undefined;
    } finally {
      await takeBack(service, held);
    }
  }

  /** What is left behind does not change how the deployment goes. */
  async function takeBack(service: string, held: HeldDeployment): Promise<void> {
    if (held.state === 'held') await held.discard().catch(error => onLeft(service, error));
  }

  /** What was to be seen of it before anything ran. */
  function reviewed(service: string) {
    const held = services.prepared.get(service)?.held;
    if (held?.state === 'held') return held.review;
    return services.later.find(each => each.service === service)?.draft ?? {changes: [], permissions: [], atRisk: []};
  }
}
