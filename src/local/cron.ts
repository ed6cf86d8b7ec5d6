import {ScheduleExpressionError} from './schedule-expression-error.ts';
import {instantOf, localTime} from './time-zone.ts';

interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  onDay(date: CalendarDay): boolean;
}

interface CalendarDay {
  readonly day: number;
  /** 1 is Sunday. */
  readonly weekday: number;
  readonly daysInMonth: number;
  /** Of the first of the month. */
  readonly firstWeekday: number;
}

/** Minutes, hours, day of month, month, day of week, year. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions */
export function parseCron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) throw invalid('a cron expression has six fields');
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw invalid('exactly one of day-of-month and day-of-week must be ?');
  return {
    minutes: sorted(values(minutes, {from: 0, to: 59})),
    hours: sorted(values(hours, {from: 0, to: 23})),
    months: values(month, {from: 1, to: 12, names: monthNames}),
    years: values(year, {from: 1970, to: 2199}),
    onDay: dayOfWeek === '?' ? dayOfMonthRule(dayOfMonth) : dayOfWeekRule(dayOfWeek),
  };
}

/** The first minute after `time` that fits; a time that a change to summer time leaves out does not happen. */
export function cronAfter(cron: Cron, time: number, timeZone: string): number | undefined {
  const start = localTime(time, timeZone);
  for (let year = start.year; year <= 2199; year++) {
    if (!cron.years.has(year)) continue;
    for (let month = year === start.year ? start.month : 1; month <= 12; month++) {
      if (!cron.months.has(month)) continue;
      const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
      const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 1;
      const isFirst = year === start.year && month === start.month;
      for (let day = isFirst ? start.day : 1; day <= daysInMonth; day++) {
        const weekday = ((firstWeekday + day - 2) % 7) + 1;
        if (!cron.onDay({day, weekday, daysInMonth, firstWeekday})) continue;
        for (const hour of cron.hours)
          for (const minute of cron.minutes) {
            const instant = instantOf({year, month, day, hour, minute}, timeZone);
            if (instant !== undefined && instant > time) return instant;
          }
      }
    }
  }
  return undefined;
}

function dayOfMonthRule(field: string): Cron['onDay'] {
  if (field === 'L') return ({day, daysInMonth}) => day === daysInMonth;
  if (field === 'LW') return date => date.day === nearestWeekday(date.daysInMonth, date);
  const nearest = /^(\d{1,2})W$/.exec(field);
  if (nearest !== null) {
    const wanted = Number(nearest[1]);
    if (wanted < 1 || wanted > 31) throw invalid(field);
    return date => wanted <= date.daysInMonth && date.day === nearestWeekday(wanted, date);
  }
  const days = values(field, {from: 1, to: 31});
  return ({day}) => days.has(day);
}

/** Monday to Friday next to a day, and never in another month. */
function nearestWeekday(wanted: number, {daysInMonth, firstWeekday}: CalendarDay): number {
  const weekday = ((firstWeekday + wanted - 2) % 7) + 1;
  if (weekday === saturday) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === sunday) return wanted === daysInMonth ? wanted - 2 : wanted + 1;
  return wanted;
}

const sunday = 1;
const saturday = 7;

function dayOfWeekRule(field: string): Cron['onDay'] {
  const range = {from: 1, to: 7, names: weekdayNames};
  if (field === 'L') return ({weekday}) => weekday === saturday;
  const last = /^(\w+)L$/.exec(field);
  if (last !== null) {
    const wanted = number(last[1]!, range);
    return ({day, weekday, daysInMonth}) => weekday === wanted && day + 7 > daysInMonth;
  }
  const nth = /^(\w+)#([1-5])$/.exec(field);
  if (nth !== null) {
    const wanted = number(nth[1]!, range);
    return ({day, weekday}) => weekday === wanted && Math.ceil(day / 7) === Number(nth[2]);
  }
  const weekdays = values(field, range);
  return ({weekday}) => weekdays.has(weekday);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Lists of numbers, ranges and steps; a range may go round the end, `FRI-MON`. */
function values(field: string, range: Range): Set<number> {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [span = '', step, ...more] = part.split('/');
    const every = step === undefined ? 1 : Number(step);
    if (more.length > 0 || !Number.isInteger(every) || every < 1) throw invalid(field);
    const [from, to] = span === '*' ? [range.from, range.to] : spanOf(span, step !== undefined, range);
    const length = to >= from ? to - from : to - from + (range.to - range.from + 1);
    for (let offset = 0; offset <= length; offset += every)
      found.add(range.from + ((from - range.from + offset) % (range.to - range.from + 1)));
  }
  return found;
}

function spanOf(span: string, stepped: boolean, range: Range): [number, number] {
  const [first = '', last, ...more] = span.split('-');
  if (more.length > 0) throw invalid(span);
  const from = number(first, range);
  if (last !== undefined) return [from, number(last, range)];
  return [from, stepped ? range.to : from];
}

function number(text: string, {from, to, names}: Range): number {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? named + from : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) throw invalid(text);
  return value;
}

function sorted(set: ReadonlySet<number>): number[] {
  return [...set].sort((a, b) => a - b);
}

function invalid(what: string): ScheduleExpressionError {
  return new ScheduleExpressionError(`Parameter ScheduleExpression is not valid: ${what}`);
}
