import type {DestroyOutcome} from '../deploy/all/destroy-outcome.ts';
import type {DestroyPlan} from '../deploy/destroy-plan.ts';
import {exitCodes, GearError} from '../errors.ts';
import type {Project} from '../project/read-project.ts';
import {hasTerminal} from './approval.ts';
import {typesName} from './confirm-name.ts';
import type {ConnectionFlags} from './connect.ts';
import {type DescribedError, describeError} from './describe-error.ts';
import {interruptible} from './interrupt.ts';
import {runnable} from './runnable.ts';
import {inRegionOf, serviceConnections} from './service-connections.ts';
import {workingTime} from './working-time.ts';
import {worstExit} from './worst-exit.ts';

interface DestroyAllFlags extends ConnectionFlags {
  readonly stage?: string | undefined;
  readonly 'dry-run': boolean;
  readonly yes: boolean;
  readonly packages: boolean;
}

interface DestroyedServices {
  readonly document: object;
  readonly text: string;
  readonly exit: number;
}

/** More at once would be throttled: each is asked about every two seconds. */
const concurrency = 4;

/** `gear destroy --all`: the services below `folder`, each one behind those that wait for it. */
export async function destroyAll(
  folder: string,
  flags: DestroyAllFlags,
  note: (text: string) => void,
): Promise<DestroyedServices> {
  const time = workingTime();
  const {repositoryServices} = await import('./repository-services.ts');
  const {dependentsFirst, orderServices} = await import('../deploy/all/service-graph.ts');
  const {orderText, services} = await import('../report/deploy-all.ts');
  const {destroyAllPlanText, destroyedServicesText} = await import('../report/destroy-all.ts');
  const {targetText} = await import('../report/target.ts');
  const {paintFor} = await import('../terminal/paint.ts');

  const nodes = dependentsFirst(orderServices(repositoryServices(folder, flags.stage)));
  if (flags.stage === undefined && (flags.yes || !(flags['dry-run'] || hasTerminal())))
    requireStage(
      nodes.map(({project}) => project),
      folder,
    );
  const projects = new Map(nodes.map(({project}) => [project.service, project]));
  const connections = serviceConnections(flags, {starts: false});
  const targets = new Map(
    await Promise.all(nodes.map(async ({project}) => [project.service, await connections.of(project)] as const)),
  );
  for (const target of new Set(targets.values())) {
    const count = [...targets.values()].filter(each => each === target).length;
    note(targetText(flags['dry-run'] ? 'Looking at' : 'Destroying', services(count), target.identity));
    for (const text of target.notes) note(text);
  }
  note(orderText(nodes.map(({project, waitsFor}) => ({service: project.service, waitsFor}))));

  const shown = (service: string, command: string) =>
    runnable(command, {...inRegionOf(projects.get(service)!, flags), stage: flags.stage});
  const described = (service: string, error: unknown) =>
    describeError(error as Error, undefined, line => shown(service, line));
  const {showDestructions} = await import('./show-destructions.ts');
  const display = showDestructions([...projects.keys()]);
  const plans = new Map<string, DestroyPlan | undefined>();
  const planText = (stream: 'stdout' | 'stderr') => {
    const seen = [...projects.values()].filter(({service}) => plans.has(service));
    const rows = seen.map(({service, stack}) => ({service, stack, plan: plans.get(service)}));
    return destroyAllPlanText(rows, paintFor(stream), process[stream].columns);
  };

  const {planDestruction} = await import('../deploy/destroy-plan.ts');
  const {destroyServices} = await import('../deploy/all/destroy-services.ts');
  const {destroyStack} = await import('../deploy/destroy-stack.ts');
  const {pollInterval} = await import('./poll-interval.ts');
  const outcomes = await interruptible(
    async signal => {
      try {
        return await destroyServices(nodes, {
          concurrency,
          planOnly: flags['dry-run'],
          signal,
          async plan({service, stack}, before) {
            const {clients, identity} = targets.get(service)!;
            const beside = before.filter(each => targets.get(each.service)!.clients === clients);
            const plan = await planDestruction(clients, stack, identity.account, {
              before: beside.map(each => each.stack),
            });
            plans.set(service, plan);
            return plan;
          },
          confirm(standing) {
            note(planText('stderr'));
            return time.without(() => confirmAll(folder, flags, standing, signal));
          },
          destroy({service}, plan) {
            const {clients, identity} = targets.get(service)!;
            display.follow(service, plan.inNetwork);
            return destroyStack(clients, {
              plan,
              owner: identity.account,
              pollMilliseconds: pollInterval(identity.endpoint),
              signal,
              onEvent: event => display.show(service, event),
            });
          },
          phase: display.phase,
        });
      } finally {
        display.end();
      }
    },
    {evenUnread: true},
  );
  for (const outcome of outcomes)
    if (outcome.status === 'failed') display.note(outcome.service, described(outcome.service, outcome.error).text);

  const {leftPackagesLines, removedPackagesLine} = await import('../report/packages.ts');
  const {removeAllPackages} = await import('./remove-all-packages.ts');
  const dryRun = flags['dry-run'];
  const codes = outcomes.map(outcome => exitOf(outcome, described));
  const onFailure = (service: string, error: unknown) => {
    const {text, exit} = described(service, error);
    display.note(service, text);
    codes.push(exit);
  };
  const removed = flags.packages
    ? await interruptible(signal => removeAllPackages(outcomes, {targets, dryRun, signal, onFailure}), {
        evenUnread: true,
      })
    : [];
  const left = outcomes.flatMap(outcome => (outcome.status === 'deleted' ? (outcome.plan.packages ?? []) : []));
  const again = runnable(['gear destroy --all', ...inFolder(folder), '--packages'].join(' '), flags);
  const paint = paintFor('stdout');
  const text =
    dryRun && outcomes.every(({status}) => status === 'planned' || status === 'absent')
      ? planText('stdout')
      : destroyedServicesText({outcomes, milliseconds: time.milliseconds(), shown}, paint);
  return {
    document: {
      services: outcomes.map(outcome => {
        const {account, region, endpoint} = targets.get(outcome.service)!.identity;
        return {...inDocument(outcome, described), account, region, endpoint};
      }),
      ...(flags.packages ? {packages: removed} : {}),
    },
    text: [
      text,
      ...removed.map(packages => removedPackagesLine(packages, {dryRun})),
      ...(flags.packages ? [] : leftPackagesLines(left, again)),
    ].join('\n'),
    exit: worstExit(codes),
  };
}

/** Nobody is there to see whose stacks go: where services have stages, those without one are not guessed to be meant. */
function requireStage(projects: readonly Project[], folder: string): void {
  const staged = projects.find(({stages}) => stages !== undefined);
  if (staged === undefined) return;
  const command = ['gear destroy --all', ...inFolder(folder)].join(' ');
  const names = projects.map(({stack}) => stack).join(', ');
  const would = projects.length === 1 ? `the stack ${names}` : `the stacks ${names}`;
  throw new GearError(
    `${staged.service} has the stages ${staged.stages!.join(', ')}: without --stage it would be ${would}, and somebody has to confirm that on a terminal`,
    {
      code: 'CONFIRMATION_NEEDED',
      suggestions: [`${command} --yes --stage ${staged.stages![0]}`, `${command} --dry-run`],
      exit: exitCodes.approval,
    },
  );
}

async function confirmAll(
  folder: string,
  flags: DestroyAllFlags,
  plans: readonly DestroyPlan[],
  signal: AbortSignal,
): Promise<boolean> {
  // For those that are being deleted it is too late to say no.
  const asked = plans.filter(({status}) => status !== 'DELETE_IN_PROGRESS');
  if (flags.yes || asked.length === 0) return true;
  const {allWord, destroyAllQuestion} = await import('../report/destroy-all.ts');
  const word = allWord(asked, flags.stage);
  return typesName({
    message: destroyAllQuestion(asked, word),
    name: word,
    otherwise: ['gear destroy --all', ...inFolder(folder), '--yes'].join(' '),
    signal,
  });
}

function inFolder(folder: string): readonly string[] {
  return folder === '.' ? [] : [folder];
}

type Describe = (service: string, error: unknown) => DescribedError;

function exitOf(outcome: DestroyOutcome, described: Describe): number {
  if (outcome.status === 'failed') return described(outcome.service, outcome.error).exit;
  if (outcome.status === 'interrupted' || outcome.status === 'detached') return exitCodes.interrupted;
  return outcome.status === 'not-confirmed' ? exitCodes.approval : exitCodes.ok;
}

function inDocument(outcome: DestroyOutcome, described: Describe): object {
  const {service, stack, status} = outcome;
  switch (outcome.status) {
    case 'deleted': {
      const {deleted} = outcome.plan;
      return {service, stack, status, deleted, ...outcome.destroyed};
    }
    case 'planned': {
      const {deleted, retained, buckets} = outcome.plan;
      return {service, stack, status, deleted, retained, buckets};
    }
    case 'failed': {
      const {code, message, suggestions} = described(service, outcome.error);
      return {service, stack, status, error: {code, message, suggestions}};
    }
    default:
      return outcome;
  }
}
