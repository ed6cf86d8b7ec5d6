import type {LateService, ServiceOutcome} from '../deploy/all/service-outcome.ts';
import type {DeployProgress} from '../deploy/progress.ts';
import {counted} from '../model/counted.ts';
import {breakLine} from './break-line.ts';
import {countText, type Paint} from './deploy.ts';
import {placeText} from './target.ts';
import {duration} from './units.ts';

type Outcome = ServiceOutcome;

/** How far one of several services is. */
export interface ServiceState {
  readonly service: string;
  readonly phase: 'waiting' | 'preparing' | 'prepared' | 'executing' | Outcome['status'];
  readonly progress: DeployProgress;
  readonly since: Date;
}

export function servicesLine(count: number, place: Parameters<typeof placeText>[0]): string {
  return `Deploying ${services(count)} to ${placeText(place)}`;
}

export function orderText(order: readonly {readonly service: string; readonly waitsFor: readonly string[]}[]): string {
  const width = longest(order.map(({service}) => service));
  return order
    .map(({service, waitsFor}) =>
      `  ${service.padEnd(width)}  ${waitsFor.length === 0 ? '' : `after ${waitsFor.join(', ')}`}`.trimEnd(),
    )
    .join('\n');
}

/** A line of one service among those of others; a terminal without a size has 0 columns, and on a terminal what is longer goes on below, behind the same service. */
export function prefixed(
  service: string,
  {width, columns}: {readonly width: number; readonly columns: number | undefined},
  line: string,
  paint: Paint,
): string {
  return line
    .split('\n')
    .flatMap(each => breakLine(each, columns ? columns - width - 3 : undefined))
    .map(each => `${paint.cyan(service.padEnd(width))} ${paint.dim('|')} ${each.trimEnd()}`)
    .join('\n');
}

/** What a terminal shows while services are deployed: a row for each. */
export function serviceRows(states: readonly ServiceState[], now: Date, paint: Paint): string[] {
  const width = longest(states.map(({service}) => service));
  return states.map(({service, phase, progress, since}) => {
    const busy = phase === 'preparing' || phase === 'executing';
    const count = phase === 'executing' ? `  ${countText(progress)}` : '';
    const back = phase === 'executing' && progress.rollingBack ? paint.yellow(', rolling back') : '';
    const time = busy ? `  ${duration(now.getTime() - since.getTime())}` : '';
    return `  ${service.padEnd(width)}  ${coloured(phase, phaseWords[phase], paint)}${count}${back}${time}`;
  });
}

const phaseWords: Readonly<Record<ServiceState['phase'], string>> = {
  waiting: 'waiting',
  preparing: 'preparing',
  prepared: 'ready',
  executing: 'deploying',
  deployed: 'deployed',
  unchanged: 'up to date',
  planned: 'would change',
  unknown: 'not known yet',
  failed: 'failed',
  skipped: 'skipped',
  'not-approved': 'not approved',
  interrupted: 'not begun',
  detached: 'detached',
};

function coloured(phase: ServiceState['phase'], text: string, paint: Paint): string {
  if (phase === 'failed') return paint.red(text);
  if (['skipped', 'not-approved', 'interrupted', 'detached'].includes(phase)) return paint.yellow(text);
  if (phase === 'deployed' || phase === 'unchanged') return paint.green(text);
  return paint.cyan(text);
}

/** Why what follows is not all there is to review yet, in the words of gear.yaml. */
export function lateText({service, unknown}: LateService): string {
  const reasons = unknown.map(each =>
    each.output === undefined
      ? `${each.service} is not deployed yet`
      : `the value of ${each.parameter}, output ${each.output} of ${each.service}, is known after ${each.service}`,
  );
  return `There is no change set for ${service} yet: ${reasons.join('; ')}. By the templates alone:`;
}

/** A parameter whose value may be another one by the time that its service is deployed. */
export interface PassingValue {
  readonly parameter: string;
  readonly from: string;
  readonly output: string;
}

export function passingText({parameter, from, output}: PassingValue): string {
  return `${parameter} is the output ${output} of ${from}, as it is now. If it comes out differently, what refers to it changes as well, and anything beyond that is asked for again.`;
}

export function beyondText(beyond: readonly string[]): string {
  return `This was not to be seen before: ${beyond.join('; ')}.`;
}

export interface DeployedServicesReport {
  readonly outcomes: readonly Outcome[];
  readonly milliseconds: number;
}

export function deployedServicesText({outcomes, milliseconds}: DeployedServicesReport, paint: Paint): string {
  const width = longest(outcomes.map(({service}) => service));
  const rows = outcomes.map(outcome => {
    const why = reason(outcome);
    return `  ${outcome.service.padEnd(width)}  ${coloured(outcome.status, phaseWords[outcome.status], paint)}${why === '' ? '' : `: ${why}`}`;
  });
  const outputs = outcomes.flatMap(outcome =>
    'outputs' in outcome
      ? Object.entries(outcome.outputs).map(([name, value]) => [`${outcome.service}.${name}`, value] as const)
      : [],
  );
  const names = longest(outputs.map(([name]) => name));
  return [
    paint.bold(headline(outcomes, milliseconds)),
    ...rows,
    ...(outputs.length === 0 ? [] : ['Outputs']),
    ...outputs.map(([name, value]) => `  ${name.padEnd(names)}  ${value}`),
  ].join('\n');
}

/** How the plan is executed, where there is one. */
export function planLines(line: string | undefined, paint: Paint): readonly string[] {
  return line === undefined ? [] : [paint.bold('This executes exactly these changes, in this order:'), `  ${line}`];
}

function headline(outcomes: readonly Outcome[], milliseconds: number): string {
  const count = (...statuses: Outcome['status'][]) => outcomes.filter(({status}) => statuses.includes(status)).length;
  const deployed = count('deployed');
  const planned = count('planned', 'unknown');
  const detached = count('detached');
  if (detached > 0) return `Interrupted: CloudFormation goes on with ${detached} of ${services(outcomes.length)}`;
  if (count('interrupted') > 0)
    return deployed === 0
      ? 'Interrupted. Nothing was deployed.'
      : `Interrupted. Deployed ${deployed} of ${services(outcomes.length)} before.`;
  if (planned > 0) return `${planned} of ${services(outcomes.length)} would change; nothing was deployed`;
  if (count('unchanged') === outcomes.length) return `${services(outcomes.length)}: up to date, nothing was changed`;
  if (deployed + count('unchanged') === outcomes.length)
    return `Deployed ${services(deployed)} in ${duration(milliseconds)}`;
  return deployed === 0
    ? 'Nothing was deployed'
    : `Deployed ${deployed} of ${services(outcomes.length)} in ${duration(milliseconds)}`;
}

function reason(outcome: Outcome): string {
  if (outcome.status === 'failed') return (outcome.error as Error).message.split('\n')[0]!;
  if (outcome.status === 'skipped') return `${outcome.because} failed`;
  if (outcome.status === 'unknown')
    return `${[...new Set(outcome.unknown.map(({service}) => service))].join(', ')} comes first`;
  return '';
}

export function services(count: number): string {
  return counted(count, 'service');
}

function longest(names: readonly string[]): number {
  return Math.max(0, ...names.map(({length}) => length));
}
