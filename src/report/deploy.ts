import type {DeployEvent} from '../deploy/events.ts';
import type {DeployProgress, ResourceProgress} from '../deploy/progress.ts';
import {byteSize} from '../model/byte-size.ts';
import {counted} from '../model/counted.ts';
import {type placeText, targetText} from './target.ts';
import {duration} from './units.ts';

/** The colours a report uses; the terminal's, or none. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>>;

export function attendingLine(doing: Doing, stackName: string, place: Parameters<typeof placeText>[0]): string {
  const verb = {watch: 'Watching', cancel: 'Cancelling the deployment of', 'continue-rollback': 'Rolling back'}[doing];
  return targetText(verb, stackName, place);
}

type Doing = 'watch' | 'cancel' | 'continue-rollback';

/** How a deployment that was attended to has ended; one that failed is an error instead. */
export function attendedText({stack, doing, status, outputs, kept = []}: AttendedReport, paint: Paint): string {
  const deleted = `was deleted again${kept.length === 0 ? '' : `; its DeletionPolicy keeps ${kept.join(', ')}`}`;
  const first = {
    watch: `${stack} is in ${status}`,
    cancel: `Cancelled: ${stack} ${status === 'DELETE_COMPLETE' ? deleted : 'was rolled back to what it was'}`,
    'continue-rollback': `${stack} was rolled back, and can be deployed again`,
  }[doing];
  return withOutputs(first, outputs, paint);
}

interface AttendedReport {
  readonly stack: string;
  readonly doing: Doing;
  readonly status: string;
  readonly outputs: Outputs;
  readonly kept?: readonly string[];
}

type Outputs = Readonly<Record<string, string>>;

/** One event as a line for a log; undefined for one that says nothing worth a line. */
export function eventLine(event: DeployEvent, progress: DeployProgress, paint: Paint): string | undefined {
  switch (event.type) {
    case 'step':
      return stepLine(event.step, event.detail);
    case 'bundled':
      return `  ${event.function}  ${byteSize(event.bytes)}, ${byteSize(event.zipBytes)} zipped${event.unchanged ? paint.dim(', unchanged') : ''}`;
    case 'uploaded':
      return `  ${shortKey(event.key)}  ${event.existed ? paint.dim('is there already') : byteSize(event.bytes)}`;
    case 'change':
    case 'review':
      return undefined;
    case 'traffic':
      return `  ${event.logicalId}  ${Math.round(event.weight * 100)} % on version ${event.version}`;
    case 'stack-event':
      return event.isStack ? turningLine(event, paint) : resourceLine(event, progress, paint);
  }
}

/** Nobody compares 64 digits; the first ones are what git shows, too. */
function shortKey(key: string): string {
  return key.replace(/([0-9a-f]{12})[0-9a-f]{52}/, '$1');
}

function stepLine(step: Extract<DeployEvent, {type: 'step'}>['step'], detail: string): string | undefined {
  switch (step) {
    case 'bundle':
      return `Bundling the functions of ${detail}`;
    case 'bucket':
      return `Creating the artefact bucket ${detail}`;
    case 'upload':
      return `Uploading to ${detail}`;
    case 'wait':
      return `Waiting for another deployment of ${detail}`;
    case 'clear-away':
      return `Deleting the stack ${detail}`;
    case 'change-set':
      return `Creating a change set for ${detail}`;
    case 'execute':
      return `Executing it`;
    case 'watch':
      return undefined;
  }
}

function resourceLine(event: ResourceLine, progress: DeployProgress, paint: Paint): string | undefined {
  if (event.hook !== undefined) return hookLine(event, event.hook, paint);
  if (event.status.endsWith('_IN_PROGRESS')) return undefined;
  const path = [...event.within, event.logicalId].join('/');
  const mark = progress.resources.get(path)?.isUndone ? undoneMark(event.status, paint) : countMark(progress, paint);
  const reason = event.status.endsWith('_FAILED') && event.reason !== undefined ? `  ${event.reason}` : '';
  return `  ${mark} ${status(event.status, paint)}  ${path}  ${paint.dim(event.resourceType)}${reason}`;
}

function countMark({done, total}: DeployProgress, paint: Paint): string {
  return paint.dim(done > total ? `[${done}]` : `[${String(done).padStart(String(total).length)}/${total}]`);
}

/** Of how many only is known where there is a change set to be asked: of what others began, or is long over, there may be none. */
export function countText({done, total}: Pick<DeployProgress, 'done' | 'total'>): string {
  if (total > 0 && done <= total) return `${done} of ${total} resources`;
  return `${counted(done, 'resource')} done`;
}

/** What is taken back looks like any other work by its status alone. */
function undoneMark(status: string, paint: Paint): string {
  if (status === 'DELETE_SKIPPED') return paint.yellow('[kept]');
  return status.endsWith('_FAILED') ? paint.red('[not undone]') : paint.yellow('[undone]');
}

/** The point from which on a stack goes back. A deletion that somebody asked for is none. */
function turningLine({status, reason, within}: ResourceLine, paint: Paint): string | undefined {
  if (within.length > 0 || reason === undefined) return undefined;
  const why = reason.replace(/\. (Delete|Rollback) requested by user$/, '');
  if (/^(UPDATE_)?ROLLBACK_IN_PROGRESS$/.test(status)) return `  ${paint.yellow('Rolling back')}: ${why}`;
  if (status === 'DELETE_IN_PROGRESS' && reason !== 'User Initiated')
    return `  ${paint.yellow('Deleting it again')}: ${why}`;
  return undefined;
}

/** Only of those that object: most are asked about everything, and have nothing to say. */
function hookLine({logicalId}: ResourceLine, {type, status, reason, refuses}: Hook, paint: Paint): string | undefined {
  if (!status.endsWith('_FAILED')) return undefined;
  const verdict = refuses ? paint.red('refuses') : paint.yellow('warns of');
  return `  ${type} ${verdict} ${logicalId}${reason === undefined ? '' : `: ${reason}`}`;
}

interface ResourceLine {
  readonly status: string;
  readonly within: readonly string[];
  readonly hook: Hook | undefined;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly reason: string | undefined;
}

interface Hook {
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly refuses: boolean;
}

/** What a terminal shows while the stack works: the resources that are under way, and the count. */
export function liveLines(progress: DeployProgress, now: Date, paint: Paint): string[] {
  const {resources, rollingBack} = progress;
  const busy = [...resources.values()].filter(({status}) => status.endsWith('_IN_PROGRESS'));
  return [
    ...busy.map(resource => liveLine(resource, now, paint)),
    `  ${countText(progress)}${rollingBack ? paint.yellow(', rolling back') : ''}`,
  ];
}

function liveLine(
  {logicalId, resourceType, status: current, startedAt}: ResourceProgress,
  now: Date,
  paint: Paint,
): string {
  return `  ${status(current, paint)}  ${logicalId}  ${paint.dim(resourceType)}  ${duration(now.getTime() - startedAt.getTime())}`;
}

function status(text: string, paint: Paint): string {
  if (text.endsWith('_FAILED')) return paint.red(text);
  return text.endsWith('_COMPLETE') ? paint.green(text) : paint.cyan(text);
}

/** With the line that executes it. */
export function plannedText(stack: string, review: string, line: string, paint: Paint): string {
  return [
    review,
    paint.bold(`Nothing was deployed. This executes exactly these changes to ${stack}:`),
    `  ${line}`,
  ].join('\n');
}

export interface DeployedReport {
  readonly stack: string;
  readonly changed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

export function deployedText({stack, changed, outputs, milliseconds}: DeployedReport, paint: Paint): string {
  const first = changed
    ? `Deployed ${stack} in ${duration(milliseconds)}`
    : `${stack} is up to date: nothing was changed`;
  return withOutputs(first, outputs, paint);
}

function withOutputs(first: string, outputs: Outputs, paint: Paint): string {
  const width = Math.max(0, ...Object.keys(outputs).map(key => key.length));
  const lines = Object.entries(outputs).map(([key, value]) => `  ${key.padEnd(width)}  ${value}`);
  return [paint.bold(first), ...(lines.length === 0 ? [] : ['Outputs', ...lines])].join('\n');
}

export const borrowedLine =
  'The service has no packages installed: bundled with those that come with gear. npm install pins your own.';
