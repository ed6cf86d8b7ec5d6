import type {Project} from '../../project/read-project.ts';
import {executeServices} from './execute-services.ts';
import {type PreparedServices, prepareServices, type ServiceRoad} from './prepare-services.ts';
import type {ServiceNode} from './service-graph.ts';
import type {ServiceOutcome} from './service-outcome.ts';
import type {ServicesDeployment} from './services-deployment.ts';

/**
 * Prepares every service up to its change set, asks for approval of all of them, and only then executes them, in the
 * order in which they wait for each other. When one cannot be prepared, none is executed. `all` are the services of
 * the repository, of which `nodes` are deployed.
 */
export async function deployServices<Review>(
  nodes: readonly ServiceNode[],
  all: readonly Project[],
  road: ServiceRoad<Review>,
  deployment: ServicesDeployment<Review>,
): Promise<readonly ServiceOutcome<Review>[]> {
  const {concurrency, planOnly, signal, approve, onOutcome} = deployment;
  const services = await prepareServices(nodes, all, road, concurrency);
  const discard = () => discardAll(services);
  try {
    const ended = endedBefore(nodes, services, planOnly, signal.aborted);
    if (ended === undefined) {
      const reviews = nodes.flatMap(({project: {service}}) => {
        const held = services.prepared.get(service)?.held;
        return held?.state === 'held' ? [{service, review: held.review}] : [];
      });
      const asks = reviews.length + services.later.length > 0;
      if (!asks || (await approve(reviews, services.later))) {
        signal.addEventListener('abort', discard, {once: true});
        return await executeServices(nodes, services, road, deployment);
      }
    }
    const outcomes = ended ?? nodes.map(({project}) => ({...named(project), status: 'not-approved' as const}));
    for (const outcome of outcomes) onOutcome(outcome);
    return outcomes;
  } finally {
    // What was executed has ended by then; only what was not is taken back.
    await discard();
  }
}

/** How it ends when nothing is executed at all; undefined when it goes on. */
function endedBefore<Review>(
  nodes: readonly ServiceNode[],
  {prepared, later}: PreparedServices<Review>,
  planOnly: boolean,
  interrupted: boolean,
): readonly ServiceOutcome<Review>[] | undefined {
  const broken = nodes.find(({project}) => prepared.get(project.service)?.held.state === 'failed')?.project.service;
  if (broken === undefined && !planOnly && !interrupted) return undefined;
  return nodes.map(({project}): ServiceOutcome<Review> => {
    const held = prepared.get(project.service)?.held;
    const {unknown = []} = later.find(({service}) => service === project.service) ?? {};
    if (interrupted) return {...named(project), status: 'interrupted'};
    if (held?.state === 'failed') return {...named(project), status: 'failed', error: held.error};
    if (held?.state === 'unchanged') return {...named(project), status: 'unchanged', outputs: held.stack.outputs};
    if (broken !== undefined) return {...named(project), status: 'skipped', because: broken};
    return held === undefined
      ? {...named(project), status: 'unknown', unknown}
      : {...named(project), status: 'planned', review: held.review};
  });
}

async function discardAll({prepared}: PreparedServices<unknown>): Promise<void> {
  await Promise.all([...prepared.values()].map(async ({held}) => held.state === 'held' && (await held.discard())));
}

function named({service, stack}: Project) {
  return {service, stack};
}
