import type {DestroyOutcome} from '../deploy/all/destroy-outcome.ts';
import type {DestroyPlan, OwnedBucket} from '../deploy/destroy-plan.ts';
import {counted} from '../model/counted.ts';
import {prefixed, services} from './deploy-all.ts';
import {destroyPlanText, howToDelete, insideText, retainedLines} from './destroy.ts';
import {duration} from './units.ts';

type Paint = Parameters<typeof destroyPlanText>[1];

/** What goes and what stays of each service, as far as it is deployed. */
export function destroyAllPlanText(
  plans: readonly {readonly service: string; readonly stack: string; readonly plan: DestroyPlan | undefined}[],
  paint: Paint,
  columns?: number,
): string {
  const width = Math.max(0, ...plans.map(({service}) => service.length));
  const inner = columns ? columns - width - 3 : undefined;
  return plans
    .map(({service, stack, plan}) => {
      const text =
        plan === undefined ? `There is no stack ${stack} here: nothing to delete` : destroyPlanText(plan, paint, inner);
      return prefixed(service, {width, columns}, text, paint);
    })
    .join('\n');
}

/** What has to be typed: how much goes, and of which stage. */
export function allWord(plans: readonly DestroyPlan[], stage: string | undefined): string {
  const [first] = plans;
  if (plans.length === 1) return first!.stackName;
  return `all ${services(plans.length)}${stage === undefined ? '' : ` of ${stage}`}`;
}

export function destroyAllQuestion(plans: readonly DestroyPlan[], word: string): string {
  const full = plans.flatMap(({buckets}) => buckets).filter(isFull).length;
  const data = full === 0 ? '' : ` and all that is in ${counted(full, 'bucket')}`;
  return `This deletes ${plans.map(({stackName}) => stackName).join(', ')}${data} for good. Type "${word}" to go on:`;
}

function isFull({versions, uploads}: OwnedBucket): boolean {
  return versions + uploads > 0;
}

interface DestroyedServicesReport {
  readonly outcomes: readonly DestroyOutcome[];
  readonly milliseconds: number;
  /** A command as it has to be typed where the user is, for a service. */
  shown(service: string, command: string): string;
}

export function destroyedServicesText(
  {outcomes, milliseconds, shown}: DestroyedServicesReport,
  paint: Paint & Readonly<Record<'cyan', (text: string) => string>>,
): string {
  const width = Math.max(0, ...outcomes.map(({service}) => service.length));
  const retained = outcomes.flatMap(outcome =>
    outcome.status === 'deleted'
      ? outcome.destroyed.retained.map(
          resource =>
            [
              `${outcome.service}.${resource.logicalId}`,
              howToDelete(resource, command => shown(outcome.service, command)),
            ] as const,
        )
      : [],
  );
  return [
    paint.bold(headline(outcomes, milliseconds)),
    ...outcomes.map(outcome => `  ${outcome.service.padEnd(width)}  ${ending(outcome, paint)}`),
    ...retainedLines(retained),
  ].join('\n');
}

function headline(outcomes: readonly DestroyOutcome[], milliseconds: number): string {
  const count = (status: DestroyOutcome['status']) => outcomes.filter(outcome => outcome.status === status).length;
  const deleted = count('deleted');
  const standing = outcomes.length - count('absent');
  const emptied = outcomes.flatMap(outcome => (outcome.status === 'deleted' ? outcome.destroyed.emptied : []));
  if (standing === 0) return `None of ${services(outcomes.length)} is deployed here: nothing to delete`;
  const detached = outcomes.filter(outcome => outcome.status === 'detached');
  const goingOn = detached.filter(({certain}) => certain).length;
  if (goingOn > 0)
    return `Interrupted. CloudFormation goes on deleting ${goingOn} of ${services(standing)}; the same command watches it.`;
  if (detached.length > 0)
    return `Interrupted. Whether CloudFormation deletes ${detached.length} of ${services(standing)} is not known; the same command finds out, and goes on.`;
  if (count('interrupted') > 0)
    return deleted === 0
      ? 'Interrupted. No stack was deleted.'
      : `Interrupted. Deleted ${deleted} of ${services(standing)} before.`;
  if (deleted === 0) return 'Nothing was deleted';
  const many = deleted === standing ? services(deleted) : `${deleted} of ${services(standing)}`;
  return `Deleted ${many} in ${duration(milliseconds)}${insideText(emptied)}`;
}

function ending(outcome: DestroyOutcome, paint: Paint): string {
  switch (outcome.status) {
    case 'deleted':
      return paint.green('deleted');
    case 'planned':
      return paint.cyan('would be deleted');
    case 'absent':
      return paint.dim('not deployed');
    case 'failed':
      return `${paint.red('failed')}: ${(outcome.error as Error).message.split('\n')[0]}`;
    case 'skipped':
      return `${paint.yellow('left standing')}: ${outcome.because} could not be deleted`;
    case 'not-confirmed':
      return paint.yellow('not confirmed');
    case 'interrupted':
      if (outcome.partly)
        return `${paint.yellow('interrupted')}: the stack is in DELETE_FAILED, and part of it is gone`;
      return outcome.begun
        ? `${paint.yellow('interrupted')}: the stack stands, what was taken out of its buckets is gone`
        : paint.yellow('not begun');
    case 'detached':
      return outcome.certain
        ? paint.yellow('being deleted')
        : `${paint.yellow('interrupted')}: whether CloudFormation deletes it is not known`;
  }
}
