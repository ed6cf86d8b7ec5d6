import {cronAfter, parseCron} from './cron.ts';
import {ScheduleExpressionError} from './schedule-expression-error.ts';
import {instantOf, type LocalTime} from './time-zone.ts';

/** When something happens: once, again and again, or by the calendar. */
export type Schedule =
  | {readonly kind: 'at'; readonly time: number}
  | {readonly kind: 'rate'; readonly milliseconds: number}
  | {readonly kind: 'cron'; after(time: number): number | undefined};

/** `rate(5 minutes)`, `cron(0 12 * * ? *)`, and `at(2026-05-01T12:00:00)` for Scheduler. */
export function parseSchedule(expression: string, timeZone = 'UTC'): Schedule {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/s.exec(expression.trim()) ?? [];
  if (kind === 'rate') return {kind, milliseconds: parseRate(inside)};
  if (kind === 'at') return {kind, time: parseAt(inside, timeZone)};
  if (kind !== 'cron') throw new ScheduleExpressionError('Parameter ScheduleExpression is not valid.');
  const fields = parseCron(inside);
  return {kind, after: time => cronAfter(fields, time, timeZone)};
}

/** The first time after `time`, undefined when there is none. A rate counts from `anchor`. */
export function nextTime(schedule: Schedule, time: number, anchor: number): number | undefined {
  if (schedule.kind === 'at') return schedule.time > time ? schedule.time : undefined;
  if (schedule.kind === 'cron') return schedule.after(time);
  const periods = Math.max(1, Math.floor((time - anchor) / schedule.milliseconds) + 1);
  return anchor + periods * schedule.milliseconds;
}

const units: Readonly<Record<string, number>> = {minute: 60_000, hour: 3_600_000, day: 86_400_000};

/** One minute, two minutes: AWS minds the plural. */
function parseRate(text: string): number {
  const [, digits, unit, plural] = /^\s*(\d+)\s+(minute|hour|day)(s?)\s*$/.exec(text) ?? [];
  const count = Number(digits);
  if (unit === undefined || count < 1 || (count === 1) !== (plural === ''))
    throw new ScheduleExpressionError('Parameter ScheduleExpression is not valid.');
  return count * units[unit]!;
}

function parseAt(text: string, timeZone: string): number {
  const parts = /^\s*(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\s*$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined)
    throw new ScheduleExpressionError('Invalid Schedule Expression at(...): yyyy-mm-ddThh:mm:ss');
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  const local: LocalTime = {year, month, day, hour, minute};
  const time = instantOf(local, timeZone);
  if (time === undefined) throw new ScheduleExpressionError(`at(${text}) is not a time in ${timeZone}`);
  return time + second * 1000;
}
