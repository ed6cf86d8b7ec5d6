import type {Project} from '../../project/read-project.ts';
import type {DeployedStack} from '../deploy-stack.ts';
import {type HeldDeployment, holdDeployment} from './held-deployment.ts';
import {runInOrder} from './run-in-order.ts';
import {type ServiceNode, takenOutputs} from './service-graph.ts';
import type {LateService} from './service-outcome.ts';
import {type KnownOutputs, requireParameters, unknownOutputs} from './service-parameters.ts';

/** How one service is deployed: the same road as when it is deployed alone. */
export interface ServiceRoad<Review> {
  deploy(
    project: Project,
    parameters: Readonly<Record<string, string>>,
    approve: (review: Review) => Promise<boolean>,
  ): Promise<DeployedStack>;
  /** Of the stack as it stands; undefined when there is none. */
  outputs(project: Project): Promise<Readonly<Record<string, string>> | undefined>;
}

export interface PreparedService<Review> {
  readonly parameters: Readonly<Record<string, string>>;
  readonly held: HeldDeployment<Review>;
}

export interface PreparedServices<Review> {
  readonly prepared: ReadonlyMap<string, PreparedService<Review>>;
  /** Those that could not be prepared yet. */
  readonly later: readonly LateService[];
  /** Of the stacks before anything was deployed. */
  readonly outputs: KnownOutputs;
}

/** Every service as far as its change set, with the outputs of the stacks as they stand. */
export async function prepareServices<Review>(
  nodes: readonly ServiceNode[],
  all: readonly Project[],
  road: ServiceRoad<Review>,
  concurrency: number,
): Promise<PreparedServices<Review>> {
  const outputs = await readOutputs(nodes, all, road);
  const later = lateServices(nodes, outputs);
  const now = nodes.filter(({project}) => later.every(({service}) => service !== project.service));
  // Nothing is executed yet, so none has to wait for another.
  const ran = await runInOrder(
    now.map(node => ({...node, waitsFor: []})),
    {
      concurrency,
      succeeded: () => true,
      async run({project}): Promise<PreparedService<Review>> {
        try {
          const parameters = requireParameters(project, outputs);
          return {parameters, held: await holdDeployment(ask => road.deploy(project, parameters, ask))};
        } catch (error) {
          return {parameters: {}, held: {state: 'failed', error}};
        }
      },
    },
  );
  const prepared = [...ran].flatMap(([name, outcome]) => ('ran' in outcome ? [[name, outcome.ran] as const] : []));
  return {prepared: new Map(prepared), later, outputs};
}

/** Of every service that another one waits for, deployed in this run or not. */
async function readOutputs(
  nodes: readonly ServiceNode[],
  all: readonly Project[],
  road: ServiceRoad<unknown>,
): Promise<KnownOutputs> {
  const awaited = all.filter(({service}) => nodes.some(({waitsFor}) => waitsFor.includes(service)));
  return new Map(await Promise.all(awaited.map(async each => [each.service, await road.outputs(each)] as const)));
}

/**
 * Those that wait for a service of this run that has no stack yet, or not the output. CloudFormation looks up imports
 * and parameters when it makes the change set, so there can be none before.
 */
function lateServices(nodes: readonly ServiceNode[], outputs: KnownOutputs): readonly LateService[] {
  const inRun = new Set(nodes.map(({project}) => project.service));
  return nodes.flatMap(({project, waitsFor}) => {
    const taken = unknownOutputs(project, outputs).filter(({service}) => inRun.has(service));
    const absent = waitsFor
      .filter(service => inRun.has(service) && outputs.get(service) === undefined)
      .filter(service => takenOutputs(project).every(each => each.service !== service))
      .map(service => ({service}));
    const unknown = [...taken, ...absent];
    return unknown.length === 0 ? [] : [{service: project.service, unknown}];
  });
}
