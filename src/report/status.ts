import type {FunctionState} from '../deploy/function-states.ts';
import type {LastFailure} from '../deploy/last-failure.ts';
import {byteSize} from '../model/byte-size.ts';
import {counted} from '../model/counted.ts';
import type {AlarmState} from '../recovery/alarm-states.ts';
import type {QueueState} from '../recovery/queue-states.ts';
import {duration} from './units.ts';

type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>>;

export interface StackStatus {
  readonly stack: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly changed: Date | undefined;
  readonly functions: readonly FunctionState[];
  readonly alarms: readonly AlarmState[];
  readonly queues: readonly QueueState[];
  readonly lastFailure: LastFailure | undefined;
}

export function stackStatusText(found: StackStatus, now: Date, paint: Paint): string {
  const {stack, status, reason, changed, functions, alarms, queues, lastFailure} = found;
  const since = changed === undefined ? '' : `, changed ${ago(changed, now)}`;
  return [
    `${paint.bold(stack)}  ${stackColour(status, paint)}${since}${reason === undefined ? '' : `\n  ${reason}`}`,
    ...section(
      'Functions',
      functions.map(one => functionCells(one, now, paint)),
      paint,
    ),
    ...alarmLines(alarms, now, paint),
    ...section(
      'Queues',
      queues.map(one => queueCells(one, paint)),
      paint,
    ),
    ...(lastFailure === undefined ? [] : failureLines(lastFailure, now, paint)),
  ].join('\n');
}

function stackColour(status: string, paint: Paint): string {
  if (/FAILED|ROLLBACK/.test(status)) return paint.red(status);
  return status.endsWith('_IN_PROGRESS') ? paint.cyan(status) : paint.green(status);
}

/** What is coloured stands last, so that its width is nobody's business. */
function section(title: string, rows: readonly (readonly string[])[], paint: Paint): readonly string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return [paint.bold(title), ...rows.map(([first = '', ...rest]) => `  ${[first.padEnd(width), ...rest].join('  ')}`)];
}

function functionCells(
  {logicalId, lastModified, runtime, codeSize, state, reason}: FunctionState,
  now: Date,
  paint: Paint,
): readonly string[] {
  if (state === 'Missing') return [logicalId, paint.red('is not there any more')];
  return [
    logicalId,
    `deployed ${lastModified === undefined ? 'at an unknown time' : ago(new Date(lastModified), now)}`,
    paint.dim([runtime, codeSize === undefined ? undefined : byteSize(codeSize)].filter(Boolean).join(', ')),
    ...(state === 'Active' || state === 'Inactive' ? [] : [paint.red(`${state}${reason ? `: ${reason}` : ''}`)]),
  ];
}

/** Alarms that are quiet are counted; nobody reads a list of them. */
function alarmLines(alarms: readonly AlarmState[], now: Date, paint: Paint): readonly string[] {
  if (alarms.length === 0) return [];
  const quiet = alarms.filter(({state}) => state === 'OK' || state === 'INSUFFICIENT_DATA').length;
  const loud = alarms.filter(({state}) => state === 'ALARM' || state === 'Missing');
  const rows = loud.map(({logicalId, state, reason, since}) =>
    state === 'Missing'
      ? [logicalId, paint.red('is not there any more')]
      : [
          logicalId,
          `${paint.red('ALARM')}${since === undefined ? '' : ` since ${duration(now.getTime() - since.getTime())}`}`,
          reason ?? '',
        ],
  );
  if (rows.length === 0) return [`${paint.bold('Alarms')}  none of ${alarms.length} in ALARM`];
  const others = quiet === 0 ? [] : [`  ${quiet === 1 ? '1 other is' : `${quiet} others are`} quiet`];
  return [...section('Alarms', rows, paint), ...others];
}

function queueCells({logicalId, waiting, inFlight, delayed, deadLetters}: QueueState, paint: Paint): readonly string[] {
  const depth = [
    waiting === 0 ? 'empty' : counted(waiting, 'message'),
    ...(inFlight > 0 ? [`${inFlight} in flight`] : []),
    ...(delayed > 0 ? [`${delayed} delayed`] : []),
  ].join(', ');
  if (!deadLetters) return [logicalId, depth];
  return [logicalId, waiting > 0 ? paint.red(depth) : depth, paint.dim('dead letters')];
}

function failureLines(
  {time, logicalId, resourceType, status, reason, overcome}: LastFailure,
  now: Date,
  paint: Paint,
): readonly string[] {
  const after = overcome ? '; what was done after it did not fail' : '';
  return [
    `${paint.bold('Last failure')}  ${ago(time, now)}${after}`,
    `  ${logicalId}  ${overcome ? status : paint.red(status)}  ${paint.dim(resourceType)}`,
    ...(reason === undefined ? [] : [`  ${reason}`]),
  ];
}

function ago(time: Date, now: Date): string {
  const milliseconds = now.getTime() - time.getTime();
  return milliseconds < 1000 ? 'just now' : `${duration(milliseconds)} ago`;
}
