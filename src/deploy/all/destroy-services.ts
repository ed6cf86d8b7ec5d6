import {isAborted} from '../../errors.ts';
import type {Project} from '../../project/read-project.ts';
import type {DestroyPlan} from '../destroy-plan.ts';
import type {Destroyed} from '../destroy-stack.ts';
import type {DestructionPhase} from '../destruction-phase.ts';
import type {DestroyOutcome} from './destroy-outcome.ts';
import {runInOrder} from './run-in-order.ts';
import type {ServiceNode} from './service-graph.ts';

interface ServicesDestruction {
  readonly concurrency: number;
  /** Only to see what would be deleted. */
  readonly planOnly: boolean;
  readonly signal: AbortSignal;
  /** Undefined where there is no stack. `before` are those that are gone when its turn comes. */
  plan(project: Project, before: readonly Project[]): Promise<DestroyPlan | undefined>;
  /** Asked once for all, before anything is deleted. */
  confirm(plans: readonly DestroyPlan[]): Promise<boolean>;
  destroy(project: Project, plan: DestroyPlan): Promise<Destroyed>;
  /** How far it had come when it was interrupted. */
  phase(service: string): DestructionPhase;
}

/**
 * Finds out what goes with every service, asks for all of them, and then deletes them, each one behind those that
 * wait for it in `nodes`. When one cannot be deleted at all, none is; when a deletion fails, what it needs stays.
 */
export async function destroyServices(
  nodes: readonly ServiceNode[],
  destruction: ServicesDestruction,
): Promise<readonly DestroyOutcome[]> {
  const {concurrency, planOnly, signal} = destruction;
  const planned = await planAll(nodes, destruction);
  const plans = [...planned.values()].flatMap(each => ('plan' in each && each.plan !== undefined ? [each.plan] : []));
  const broken = nodes.find(({project}) => 'error' in planned.get(project.service)!)?.project.service;
  const left = (node: ServiceNode, confirmed: boolean): DestroyOutcome => {
    const {service, stack} = node.project;
    const own = planned.get(service)!;
    if ('error' in own) return {service, stack, status: 'failed', error: own.error};
    if (own.plan === undefined) return {service, stack, status: 'absent'};
    if (signal.aborted) return {service, stack, status: 'interrupted', begun: false};
    if (broken !== undefined) return {service, stack, status: 'skipped', because: broken};
    return confirmed ? {service, stack, status: 'planned', plan: own.plan} : {service, stack, status: 'not-confirmed'};
  };
  if (broken !== undefined || planOnly || signal.aborted) return nodes.map(node => left(node, true));
  if (plans.length > 0 && !(await destruction.confirm(plans))) return nodes.map(node => left(node, false));

  const ran = await runInOrder<DestroyOutcome>(nodes, {
    concurrency,
    succeeded: ({status}) => status === 'deleted' || status === 'absent',
    async run(node) {
      const {service, stack} = node.project;
      const outcome = left(node, true);
      if (outcome.status !== 'planned') return outcome;
      try {
        const destroyed = await destruction.destroy(node.project, outcome.plan);
        return {service, stack, status: 'deleted', plan: outcome.plan, destroyed};
      } catch (error) {
        if (!isAborted(error)) return {service, stack, status: 'failed', error};
        const phase = outcome.plan.status === 'DELETE_IN_PROGRESS' ? 'deleting' : destruction.phase(service);
        return phase === 'deleting' || phase === 'unanswered'
          ? {service, stack, status: 'detached', certain: phase === 'deleting'}
          : {
              service,
              stack,
              status: 'interrupted',
              begun: phase !== 'untouched',
              ...(phase === 'failed' ? {partly: true} : {}),
            };
      }
    },
  });
  return nodes.map(node => {
    const outcome = ran.get(node.project.service)!;
    if ('ran' in outcome) return outcome.ran;
    const unrun = left(node, true);
    if (unrun.status !== 'planned') return unrun;
    return {service: unrun.service, stack: unrun.stack, status: 'skipped', because: outcome.skippedFor};
  });
}

type Planned = {readonly plan: DestroyPlan | undefined} | {readonly error: unknown};

/** Nothing is deleted yet, so none has to wait for another. */
async function planAll(
  nodes: readonly ServiceNode[],
  {concurrency, plan}: ServicesDestruction,
): Promise<ReadonlyMap<string, Planned>> {
  const planned = new Map<string, Planned>();
  await runInOrder(
    nodes.map(node => ({...node, waitsFor: []})),
    {
      concurrency,
      succeeded: () => true,
      async run({project}) {
        try {
          planned.set(project.service, {plan: await plan(project, goneBefore(project.service, nodes))});
        } catch (error) {
          planned.set(project.service, {error});
        }
      },
    },
  );
  return planned;
}

/** All that it waits for, directly or not. */
function goneBefore(service: string, nodes: readonly ServiceNode[]): readonly Project[] {
  const names = new Set([service]);
  // A set that grows while it is walked is walked to its new end.
  for (const name of names)
    for (const before of nodes.find(({project}) => project.service === name)?.waitsFor ?? []) names.add(before);
  names.delete(service);
  return nodes.flatMap(({project}) => (names.has(project.service) ? [project] : []));
}
