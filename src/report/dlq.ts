import {counted, times} from '../model/counted.ts';
import type {DeadLetter} from '../recovery/dead-letter.ts';
import type {DeadLetterQueue} from '../recovery/dead-letter-queues.ts';
import type {Redriven} from '../recovery/redrive.ts';
import {duration} from './units.ts';

interface DlqPaint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
}

interface Scope {
  readonly stackName?: string;
  readonly account: string;
  readonly region: string;
  readonly queue?: string;
}

export function deadLetterQueuesText(queues: readonly DeadLetterQueue[], scope: Scope, paint: DlqPaint): string {
  const {stackName, account, region, queue} = scope;
  const where = stackName === undefined ? `account ${account}, region ${region}` : `stack ${stackName}`;
  if (queues.length === 0)
    return queue === undefined
      ? `No dead-letter queues in ${where}`
      : `${queue} is no dead-letter queue: no redrive policy and no function names it`;
  return queues.map(one => queueText(one, paint)).join('\n');
}

function queueText(queue: DeadLetterQueue, paint: DlqPaint): string {
  const {logicalId, name, waiting, inFlight, delayed, oldestAge, sources} = queue;
  const depth = [
    waiting > 0 ? paint.yellow(counted(waiting, 'message')) : 'empty',
    ...(inFlight > 0 ? [`${inFlight} in flight`] : []),
    ...(delayed > 0 ? [`${delayed} delayed`] : []),
    ...(oldestAge === undefined ? [] : [`oldest ${age(oldestAge)}`]),
  ].join(', ');
  const from = sources.map(({kind, name}) => `${kind} ${name}`).join(', ');
  return [
    `${paint.bold(logicalId ?? name)}  ${depth}`,
    ...(logicalId === undefined ? [] : [paint.dim(`  ${name}`)]),
    paint.dim(`  from ${from}`),
  ].join('\n');
}

/** CloudWatch knows it by the minute. */
function age(seconds: number): string {
  return seconds < 60 ? 'less than a minute' : duration(seconds * 1000);
}

export const peekNote = 'Looked at without taking them away; SQS counts the look as a receive.';

/** Lines of a body that are shown unless all are asked for. */
const bodyLines = 30;

export function deadLettersText(
  queue: string,
  letters: readonly DeadLetter[],
  options: {readonly full: boolean; readonly paint: DlqPaint},
): string {
  if (letters.length === 0) return `No messages to see in ${queue}`;
  return letters.map(letter => letterText(letter, options)).join('\n\n');
}

function letterText(letter: DeadLetter, {full, paint}: {readonly full: boolean; readonly paint: DlqPaint}): string {
  const {id, receives, attempts, sentAt, cause, origin, attributes} = letter;
  const told = new Set(['Attempts', 'FailureKind', 'FailureName', 'FailureMessage']);
  for (const name of ['ErrorCode', 'ErrorMessage', 'RequestID', 'ERROR_CODE', 'ERROR_MESSAGE', 'RULE_ARN'])
    told.add(name);
  const others = Object.entries(attributes).filter(([name]) => !told.has(name));
  const tries = attempts === undefined ? '' : `, sent back ${times(attempts)}`;
  return [
    paint.bold(id),
    `  sent     ${sentAt}, received ${times(receives)}${tries}`,
    `  cause    ${cause === undefined ? 'not said' : causeText(cause, paint)}`,
    ...(cause?.requestId === undefined ? [] : [`  request  ${cause.requestId}`]),
    ...origin.map(text => `  origin   ${text}`),
    ...others.map(([name, value]) => paint.dim(`  ${name} = ${value}`)),
    ...bodyText(letter.body, full).map(line => `    ${line}`),
  ].join('\n');
}

function causeText({kind, name, message}: NonNullable<DeadLetter['cause']>, paint: DlqPaint): string {
  return `${paint.red([kind, name].filter(Boolean).join(' '))}${kind || name ? ': ' : ''}${message}`;
}

function bodyText(body: string, full: boolean): readonly string[] {
  const lines = pretty(body).split('\n');
  const columns = full ? Number.POSITIVE_INFINITY : 400;
  const shown = (full ? lines : lines.slice(0, bodyLines)).map(line =>
    line.length > columns ? `${line.slice(0, columns)}…` : line,
  );
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, `… ${counted(left, 'more line')}; --full shows them`];
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export function redriveProgress(queue: string, {moved, skipped, failed}: Redriven, dryRun: boolean): string {
  return `${queue}: ${moved} ${dryRun ? 'would be moved' : 'moved'}, ${skipped} skipped, ${failed} failed`;
}

export function redrivenText(queue: string, result: Redriven, dryRun: boolean): string {
  const lines = [
    `${redriveProgress(queue, result, dryRun)}`,
    ...Object.entries(result.failures).map(([reason, count]) => `  ${times(count)}: ${reason}`),
    ...(result.interrupted ? ['Interrupted: what was not moved is still there, and the same command goes on'] : []),
  ];
  return lines.join('\n');
}

export function purgeQuestion(queue: string, called: string, messages: number): string {
  return `This deletes ${counted(messages, 'message')} of ${queue} for good. Type ${called} to go on:`;
}

export function purgedText(queue: string, messages: number): string {
  return `Deleted ${counted(messages, 'message')} of ${queue}`;
}
