import type {AwsIdentity} from '../aws/identity.ts';
import type {ServiceNode} from '../deploy/all/service-graph.ts';
import type {ServiceOutcome} from '../deploy/all/service-outcome.ts';
import type {ServicesPlan} from '../deploy/all/services-plan.ts';
import {exitCodes, GearError} from '../errors.ts';
import {type ApprovalFlags, lacking} from './approval.ts';
import type {ConnectionFlags} from './connect.ts';
import {type DescribedError, describeError} from './describe-error.ts';
import {detached} from './detached.ts';
import {interruptible} from './interrupt.ts';
import {type Place, runnable} from './runnable.ts';
import {inRegionOf, serviceConnections} from './service-connections.ts';
import type {RoadFlags} from './service-road.ts';
import {targetWords} from './target-words.ts';
import {workingTime} from './working-time.ts';
import {worstExit} from './worst-exit.ts';

export interface DeployAllFlags extends ApprovalFlags, ConnectionFlags, RoadFlags {
  readonly local: boolean;
  readonly stage?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly 'changed-since'?: string | undefined;
  readonly 'detailed-exitcode': boolean;
  readonly 'approve-plan'?: string | undefined;
}

interface DeployedServices {
  readonly document: object;
  readonly text: string;
  readonly exit: number;
}

/** `gear deploy --all`: the services below `folder`, in the order in which they wait for each other. */
export async function deployAll(
  folder: string,
  flags: DeployAllFlags,
  note: (text: string) => void,
  emit: (event: object) => void,
): Promise<DeployedServices> {
  const time = workingTime();
  const {repositoryServices} = await import('./repository-services.ts');
  const {orderServices} = await import('../deploy/all/service-graph.ts');
  const all = repositoryServices(folder, flags.stage);
  const nodes = await choose(orderServices(all), flags);
  const {deployedServicesText, orderText, passingText, planLines, servicesLine} = await import(
    '../report/deploy-all.ts'
  );
  const {paintFor} = await import('../terminal/paint.ts');
  const paint = paintFor('stdout');
  if (nodes.length === 0) {
    const text = `No service has changed since ${flags['changed-since']}: nothing was deployed`;
    return {document: {services: []}, text, exit: exitCodes.ok};
  }
  const described = describing(nodes, flags);
  const {noteRetries} = await import('./note-retries.ts');
  let print = note;
  const connections = serviceConnections(flags, {
    prepare: clients => noteRetries(clients, line => print(line), emit),
  });
  const targets = await Promise.all(nodes.map(({project}) => connections.of(project)));
  for (const target of new Set(targets)) {
    note(servicesLine(targets.filter(each => each === target).length, target.identity));
    for (const text of target.notes) note(text);
  }
  if (flags.audit === false) note('Not audited, as --no-audit says');
  note(orderText(nodes.map(({project, waitsFor}) => ({service: project.service, waitsFor}))));
  const {showServices} = await import('./show-services.ts');
  const {serviceRoad} = await import('./service-road.ts');
  const {approveServices, showReviews} = await import('./approve-services.ts');
  const {deployServices} = await import('../deploy/all/deploy-services.ts');
  const {planOf} = await import('../deploy/all/services-plan.ts');
  const {passingValues} = await import('../deploy/all/passing-values.ts');
  const display = showServices(
    nodes.map(({project}) => project.service),
    {also: (service, event) => emit({service, ...event}), time},
  );
  print = display.print;
  const showPlan = (ended: readonly ServiceOutcome[]) => {
    showReviews(
      ended.filter(outcome => outcome.status === 'planned'),
      ended.filter(outcome => outcome.status === 'unknown'),
      display,
    );
    for (const value of passingValues(nodes, ended)) display.note(value.service, passingText(value));
  };
  const outcomes = await interruptible(
    async signal => {
      try {
        const road = await serviceRoad(connections, flags, display, signal);
        const ended = await deployServices(nodes, all, road, {
          concurrency: flags.concurrency ?? 4,
          planOnly: flags.plan,
          planHash: flags['approve-plan'],
          signal,
          approve: (reviews, later, beyond = []) => approveServices({reviews, later, beyond}, flags, display, signal),
          onOutcome(outcome) {
            display.ended(outcome);
            const {text} = outcome.status === 'failed' ? described(outcome.service, outcome.error) : {text: ''};
            if (text !== '') display.note(outcome.service, text);
          },
          onLeft: (service, error) => display.note(service, described(service, error).text),
        });
        if (flags.plan) showPlan(ended);
        return ended.map(outcome =>
          outcome.status === 'interrupted' && display.goesOn(outcome.service)
            ? {...outcome, status: 'detached' as const}
            : outcome,
        );
      } finally {
        display.end();
      }
    },
    {evenUnread: true},
  );
  for (const {project} of nodes)
    if (display.goesOn(project.service)) note(describeError(detached(project.stack, inRegionOf(project, flags))).text);
  const plan = planOf(nodes, outcomes);
  const line = plan && planLine(plan, folder, flags);
  const lost = flags.local ? [] : (plan?.atRisk ?? []).filter(id => !flags['allow-replace']?.includes(id));
  if (line !== undefined && !flags.plan)
    throw new GearError(lacking(lost.join(', ')), {
      code: 'APPROVAL_NEEDED',
      exit: exitCodes.approval,
      suggestions: [line],
    });
  return {
    document: {
      services: outcomes.map((outcome, index) => shown(outcome, described, targets[index]!.identity)),
      ...(plan && {plan: {hash: plan.hash}}),
    },
    text: [deployedServicesText({outcomes, milliseconds: time.milliseconds()}, paint), ...planLines(line, paint)].join(
      '\n',
    ),
    exit:
      worstExit(outcomes.map(outcome => exitOf(outcome, described))) ||
      (flags['detailed-exitcode'] && outcomes.some(differs) ? exitCodes.findings : exitCodes.ok),
  };
}

/** What executes a plan: of which services, where to, by which hash, and at the loss of what. */
function planLine({hash, atRisk}: ServicesPlan, folder: string, flags: DeployAllFlags): string {
  const given = (['stage', 'changed-since'] as const).flatMap(name =>
    flags[name] === undefined ? [] : [`--${name} ${flags[name]}`],
  );
  return [
    'gear deploy --all',
    ...(folder === '.' ? [] : [folder]),
    ...given,
    ...targetWords(flags),
    `--approve-plan ${hash}`,
    ...(flags.local ? [] : atRisk.map(id => `--allow-replace ${id}`)),
  ].join(' ');
}

/** Those that have changed, and those that take an output of one that has: it may come out differently. */
async function choose(nodes: readonly ServiceNode[], flags: DeployAllFlags): Promise<readonly ServiceNode[]> {
  const ref = flags['changed-since'];
  if (ref === undefined) return nodes;
  const {changedFiles} = await import('../project/changed-files.ts');
  const {changedServices} = await import('../deploy/all/changed-services.ts');
  const {takers} = await import('../deploy/all/service-graph.ts');
  const {gearModules} = await import('../bundle/gear-modules.ts');
  const projects = nodes.map(({project}) => project);
  const files = await changedFiles(projects[0]!.folder, ref);
  const changed = await changedServices(projects, files, flags.local ? gearModules() : []);
  const taking = takers(nodes, changed);
  return nodes.filter(({project: {service}}) => changed.includes(service) || taking.includes(service));
}

/** A plan, of which not all needs to be known. */
function differs({status}: ServiceOutcome): boolean {
  return status === 'planned' || status === 'unknown';
}

function exitOf(outcome: ServiceOutcome, described: Describe): number {
  if (outcome.status === 'failed') return described(outcome.service, outcome.error).exit;
  if (outcome.status === 'interrupted' || outcome.status === 'detached') return exitCodes.interrupted;
  return outcome.status === 'not-approved' ? exitCodes.approval : exitCodes.ok;
}

type Describe = (service: string, error: unknown) => DescribedError;

/** With proposals that can be typed where the user is, about this service. */
function describing(nodes: readonly ServiceNode[], flags: DeployAllFlags): Describe {
  const places = new Map(
    nodes.map(({project}): [string, Place] => [project.service, {...inRegionOf(project, flags), stage: flags.stage}]),
  );
  return (service, error) => describeError(error as Error, undefined, line => runnable(line, places.get(service)!));
}

function shown(outcome: ServiceOutcome, described: Describe, {account, region, endpoint}: AwsIdentity): object {
  const where = {account, region, ...(endpoint === undefined ? {} : {endpoint})};
  if (outcome.status === 'failed') {
    const {exit: _, text: __, ...error} = described(outcome.service, outcome.error);
    return {...outcome, ...where, error};
  }
  if (outcome.status === 'unknown') {
    const {draft, ...rest} = outcome;
    return {...rest, ...where, ...draft};
  }
  if (outcome.status !== 'planned') return {...outcome, ...where};
  const {review, ...rest} = outcome;
  return {...rest, ...where, ...review};
}
