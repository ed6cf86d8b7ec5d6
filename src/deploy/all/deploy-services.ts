import {isAborted} from '../../errors.ts';
import type {Project} from '../../project/read-project.ts';
import {executeServices} from './execute-services.ts';
import {findServicesPlan} from './find-services-plan.ts';
import {type PreparedServices, prepareServices, type ServiceRoad} from './prepare-services.ts';
import type {ServiceNode} from './service-graph.ts';
import type {ServiceOutcome} from './service-outcome.ts';
import type {ServicesDeployment} from './services-deployment.ts';

/**
 * Prepares every service up to its change set, asks for approval of all of them, and only then executes them, in the
 * order in which they wait for each other. When one cannot be prepared, none is executed. `all` are the services of
 * the repository, of which `nodes` are deployed.
 */
export async function deployServices(
  nodes: readonly ServiceNode[],
  all: readonly Project[],
  road: ServiceRoad,
  deployment: ServicesDeployment,
): Promise<readonly ServiceOutcome[]> {
  const {concurrency, planOnly, planHash, signal, onOutcome} = deployment;
  const services =
    planHash === undefined
      ? await prepareServices(nodes, all, road, concurrency)
      : await findServicesPlan(nodes, all, road, planHash);
  try {
    const broken = brokenService(nodes, services);
    const reviews = heldReviews(nodes, services);
    const asks = reviews.length + services.later.length > 0;
    const decision =
      broken === undefined &&
      !signal.aborted &&
      asks &&
      (planOnly ? 'keep' : await deployment.approve(reviews, services.later));
    if (decision !== true && (asks || broken !== undefined || signal.aborted)) {
      if (decision === 'keep' && !signal.aborted) await keepAll(services);
      const outcomes = nodes.map(node =>
        notExecuted(node, services, {broken, kept: decision === 'keep', interrupted: signal.aborted}),
      );
      for (const outcome of outcomes) onOutcome(outcome);
      return outcomes;
    }
    signal.addEventListener('abort', () => discardAll(services, deployment), {once: true});
    return await executeServices(nodes, services, road, deployment);
  } finally {
    // What was executed or kept has ended by then; only what was not is taken back.
    await discardAll(services, deployment);
  }
}

function heldReviews(nodes: readonly ServiceNode[], {prepared}: PreparedServices) {
  return nodes.flatMap(({project: {service}}) => {
    const held = prepared.get(service)?.held;
    return held?.state === 'held' ? [{service, review: held.review}] : [];
  });
}

/** The first one that could not be prepared. */
function brokenService(nodes: readonly ServiceNode[], {prepared}: PreparedServices): string | undefined {
  return nodes.find(({project}) => prepared.get(project.service)?.held.state === 'failed')?.project.service;
}

interface Ending {
  readonly broken: string | undefined;
  readonly kept: boolean;
  readonly interrupted: boolean;
}

function notExecuted(
  {project: {service, stack}}: ServiceNode,
  {prepared, later}: PreparedServices,
  {broken, kept, interrupted}: Ending,
): ServiceOutcome {
  const held = prepared.get(service)?.held;
  const late = later.find(each => each.service === service);
  const hasFailed = held?.state === 'failed';
  if (interrupted && (!hasFailed || isAborted(held.error))) return {service, stack, status: 'interrupted'};
  if (hasFailed) return {service, stack, status: 'failed', error: held.error};
  if (held?.state === 'unchanged') return {service, stack, status: 'unchanged', outputs: held.stack.outputs};
  if (broken !== undefined) return {service, stack, status: 'skipped', because: broken};
  if (!kept) return {service, stack, status: 'not-approved'};
  if (held !== undefined) return {service, stack, status: 'planned', review: held.review};
  return {stack, status: 'unknown', ...late!};
}

async function keepAll({prepared}: PreparedServices): Promise<void> {
  await Promise.all([...prepared.values()].map(async ({held}) => held.state === 'held' && (await held.keep())));
}

/** What is left behind does not change how the deployment went. */
async function discardAll({prepared}: PreparedServices, {onLeft}: Pick<ServicesDeployment, 'onLeft'>): Promise<void> {
  await Promise.all(
    [...prepared].map(async ([service, {held}]) => {
      if (held.state === 'held') await held.discard().catch(error => onLeft(service, error));
    }),
  );
}
