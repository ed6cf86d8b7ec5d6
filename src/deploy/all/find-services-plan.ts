import {GearError} from '../../errors.ts';
import type {Project} from '../../project/read-project.ts';
import type {PackagedTemplate} from '../package-template.ts';
import {lateServices} from './late-services.ts';
import {planHash} from './plan-hash.ts';
import {
  type KeptService,
  type PreparedService,
  type PreparedServices,
  readOutputs,
  type ServiceRoad,
} from './prepare-services.ts';
import {type ServiceNode, takenOutputs} from './service-graph.ts';
import type {LateService} from './service-outcome.ts';
import {knownParameters, requireParameters} from './service-parameters.ts';

/**
 * What a run with `--plan` prepared, when it and the stacks are still what was reviewed. Only services that had to wait
 * for others are packaged again: there is no change set of theirs, and the hash is over what they are made of.
 */
export async function findServicesPlan(
  nodes: readonly ServiceNode[],
  all: readonly Project[],
  road: ServiceRoad,
  hash: string,
): Promise<PreparedServices> {
  const outputs = await readOutputs(nodes, all, road);
  const unknown = lateServices(nodes, outputs);
  const packaged = new Map<string, PackagedTemplate>();
  const later: LateService[] = [];
  const kept = new Map<string, readonly KeptService[]>();
  for (const {project} of nodes) {
    const late = unknown.find(({service}) => service === project.service);
    if (late === undefined) {
      kept.set(project.service, await road.kept(project));
      continue;
    }
    const known = knownParameters(project, outputs);
    const bundle = await road.package(project, known);
    packaged.set(project.service, bundle);
    later.push({...late, draft: await road.draft(project, bundle, known)});
  }
  const plan = findRun(nodes, kept, later, hash);
  if (plan === undefined) throw planGone(hash, [...kept.values()].flat().length + later.length);
  for (const [service, {parameters}] of plan) requireSameOutputs(nodes, service, parameters, outputs);
  const prepared = new Map<string, PreparedService>();
  const begun = {yet: false};
  for (const {project} of nodes) {
    const {service} = project;
    if (unknown.some(each => each.service === service)) continue;
    const parameters = requireParameters(project, outputs);
    const own = plan.get(service);
    const taken = new Set(takenOutputs(project).map(({parameter}) => parameter));
    const given = Object.fromEntries(Object.entries(parameters).filter(([name]) => !taken.has(name)));
    prepared.set(service, {
      parameters,
      held: own === undefined ? await standing(project, road) : held(own, begun),
      changedSince: bundle => road.changedSince(project, bundle, given, own),
    });
  }
  return {prepared, packaged, later, outputs};
}

/** The change sets of one run that make up the hash together with what could not be planned. */
function findRun(
  nodes: readonly ServiceNode[],
  kept: ReadonlyMap<string, readonly KeptService[]>,
  later: readonly LateService[],
  hash: string,
): ReadonlyMap<string, KeptService> | undefined {
  const drafts = later.map(({service, draft}) => [service, draft.hash] as const);
  for (const run of new Set([...kept.values()].flat().map(each => each.run))) {
    const plan = new Map(
      [...kept].flatMap(([service, plans]) => {
        const own = plans.find(each => each.run === run);
        return own === undefined ? [] : [[service, own] as const];
      }),
    );
    const hashes = new Map([...drafts, ...[...plan].map(([service, {review}]) => [service, review.hash] as const)]);
    if (planHash(nodes, hashes) === hash) return plan;
  }
  return undefined;
}

/** What another deployment made of an output since is not what was reviewed. */
function requireSameOutputs(
  nodes: readonly ServiceNode[],
  name: string,
  planned: Readonly<Record<string, string>>,
  outputs: PreparedServices['outputs'],
): void {
  const {project} = nodes.find(({project: {service}}) => service === name)!;
  const parameters = requireParameters(project, outputs);
  const differs = takenOutputs(project).find(
    ({parameter}) => planned[parameter] !== parameters[parameter] && !/^\*+$/.test(planned[parameter] ?? ''),
  );
  if (differs === undefined) return;
  throw new GearError(
    `${name} was planned with another value of ${differs.parameter}: the output ${differs.output} of ${differs.service} was changed since`,
    {code: 'PLAN_GONE', suggestions: ['gear deploy --all --plan, and have that approved']},
  );
}

function held({review, execute, discard}: KeptService, begun: {yet: boolean}): PreparedService['held'] {
  let executed = false;
  return {
    state: 'held',
    review,
    execute() {
      begun.yet = true;
      executed = true;
      return execute();
    },
    async keep() {},
    async discard() {
      // Before anything runs the plan can still be executed; afterwards what is left of it is none any more.
      if (!begun.yet || executed) return;
      executed = true;
      await discard();
    },
  };
}

/** One that was up to date when the others were planned. */
async function standing(project: Project, road: ServiceRoad): Promise<PreparedService['held']> {
  const outputs = (await road.outputs(project)) ?? {};
  return {state: 'unchanged', stack: {changed: false, stackId: '', status: '', outputs}};
}

function planGone(hash: string, waiting: number): GearError {
  const why =
    waiting === 0
      ? 'no change set waits there: they were executed or deleted, or the stacks were changed since'
      : 'what waits there is something else, or a stack or a service was changed since';
  return new GearError(`These services have nothing with the plan ${hash} to execute: ${why}`, {
    code: 'PLAN_GONE',
    suggestions: ['gear deploy --all --plan, and have that approved'],
  });
}
