import type {Resolvable} from '../../model/resolvable.ts';
import type {Project} from '../../project/read-project.ts';
import type {DeployedStack} from '../deploy-stack.ts';
import type {PackagedTemplate} from '../package-template.ts';
import type {DraftReview} from '../review/draft-review.ts';
import type {Review} from '../review/review.ts';
import {type HeldDeployment, holdDeployment} from './held-deployment.ts';
import {lateServices} from './late-services.ts';
import {runInOrder} from './run-in-order.ts';
import type {ServiceNode} from './service-graph.ts';
import type {LateService} from './service-outcome.ts';
import {type KnownOutputs, knownParameters, requireParameters} from './service-parameters.ts';

/** How one service is deployed: the same road as when it is deployed alone, in the steps in which several are. */
export interface ServiceRoad {
  /** Of the stack as it stands; undefined when there is none. */
  outputs(project: Project): Promise<Readonly<Record<string, string>> | undefined>;
  /** Audits it and bundles its functions. */
  package(project: Project, parameters: KnownParameters): Promise<PackagedTemplate>;
  deploy(
    project: Project,
    packaged: PackagedTemplate,
    parameters: Readonly<Record<string, string>>,
    approve: (review: Review) => Promise<boolean | 'keep'>,
  ): Promise<DeployedStack>;
  /** The change sets that earlier runs kept. */
  kept(project: Project): Promise<readonly KeptService[]>;
  /** What is not as it was in an earlier run: in `plan`, or in the stack where that run had nothing to change. */
  changedSince(
    project: Project,
    packaged: PackagedTemplate,
    parameters: Readonly<Record<string, string>>,
    plan: KeptService | undefined,
  ): Promise<readonly string[]>;
  /** What can be said of the changes while CloudFormation cannot be asked. */
  draft(project: Project, packaged: PackagedTemplate, parameters: KnownParameters): Promise<DraftReview>;
}

export interface KeptService {
  /** The run that made it, which gave those of other services the same name. */
  readonly run: string;
  readonly review: Review;
  /** As CloudFormation shows them. */
  readonly parameters: Readonly<Record<string, string>>;
  execute(): Promise<DeployedStack>;
  discard(): Promise<void>;
}

type KnownParameters = Readonly<Record<string, Resolvable<string>>>;

export interface PreparedService {
  readonly parameters: Readonly<Record<string, string>>;
  readonly held: HeldDeployment;
  /** Of one that an earlier run planned: how it would be another one if it were prepared now. */
  changedSince?(packaged: PackagedTemplate): Promise<readonly string[]>;
}

export interface PreparedServices {
  readonly prepared: ReadonlyMap<string, PreparedService>;
  readonly packaged: ReadonlyMap<string, PackagedTemplate>;
  /** Those whose change set cannot be made yet. */
  readonly later: readonly LateService[];
  /** Of the stacks before anything was deployed. */
  readonly outputs: KnownOutputs;
}

/** Every service as far as its change set, with the outputs of the stacks as they stand; what waits for others as far as its packages. */
export async function prepareServices(
  nodes: readonly ServiceNode[],
  all: readonly Project[],
  road: ServiceRoad,
  concurrency: number,
): Promise<PreparedServices> {
  const outputs = await readOutputs(nodes, all, road);
  const unknown = lateServices(nodes, outputs);
  const prepared = new Map<string, PreparedService>();
  const packaged = new Map<string, PackagedTemplate>();
  const later = new Map<string, LateService>();
  const prepare = async (project: Project) => {
    const {service} = project;
    const known = knownParameters(project, outputs);
    const late = unknown.find(each => each.service === service);
    const parameters = late === undefined ? requireParameters(project, outputs) : {};
    const bundle = await road.package(project, known);
    packaged.set(service, bundle);
    if (late !== undefined) later.set(service, {...late, draft: await road.draft(project, bundle, known)});
    else
      prepared.set(service, {
        parameters,
        held: await holdDeployment(ask => road.deploy(project, bundle, parameters, ask)),
      });
  };
  // Nothing is executed yet, so none has to wait for another.
  await runInOrder(
    nodes.map(node => ({...node, waitsFor: []})),
    {
      concurrency,
      succeeded: () => true,
      run: ({project}) =>
        prepare(project).catch((error: unknown) => {
          prepared.set(project.service, {parameters: {}, held: {state: 'failed', error}});
        }),
    },
  );
  return {prepared, packaged, later: unknown.flatMap(({service}) => later.get(service) ?? []), outputs};
}

/** Of every service that another one waits for, deployed in this run or not. */
export async function readOutputs(
  nodes: readonly ServiceNode[],
  all: readonly Project[],
  road: Pick<ServiceRoad, 'outputs'>,
): Promise<KnownOutputs> {
  const awaited = all.filter(({service}) => nodes.some(({waitsFor}) => waitsFor.includes(service)));
  return new Map(await Promise.all(awaited.map(async each => [each.service, await road.outputs(each)] as const)));
}
