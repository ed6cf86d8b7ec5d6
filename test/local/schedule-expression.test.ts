import {expect, test} from 'vitest';
import {nextTime, parseSchedule} from '../../src/local/schedule-expression.ts';

/** The first times after the first one given. */
test.each<[string, string, string, string[]]>([
  ['every minute', 'cron(* * * * ? *)', '2026-01-01T00:00:30Z', ['2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z']],
  ['noon on weekdays', 'cron(0 12 ? * MON-FRI *)', '2026-01-02T12:00:00Z', ['2026-01-05T12:00:00Z']],
  [
    'every ten minutes at eight',
    'cron(0/10 8 * * ? *)',
    '2026-01-01T08:40:00Z',
    ['2026-01-01T08:50:00Z', '2026-01-02T08:00:00Z'],
  ],
  ['the last day', 'cron(0 0 L * ? *)', '2026-02-01T00:00:00Z', ['2026-02-28T00:00:00Z', '2026-03-31T00:00:00Z']],
  ['the weekday next to the first', 'cron(0 0 1W * ? *)', '2026-07-31T12:00:00Z', ['2026-08-03T00:00:00Z']],
  ['the weekday next to the fifteenth', 'cron(0 0 15W * ? *)', '2026-02-01T00:00:00Z', ['2026-02-16T00:00:00Z']],
  ['the last Friday', 'cron(0 0 ? * 6L *)', '2026-01-01T00:00:00Z', ['2026-01-30T00:00:00Z']],
  [
    'the second Tuesday',
    'cron(0 0 ? * TUE#2 *)',
    '2026-01-01T00:00:00Z',
    ['2026-01-13T00:00:00Z', '2026-02-10T00:00:00Z'],
  ],
  [
    'round the week',
    'cron(0 0 ? * FRI-SUN *)',
    '2026-01-01T00:00:00Z',
    ['2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', '2026-01-04T00:00:00Z', '2026-01-09T00:00:00Z'],
  ],
  ['leap days', 'cron(0 0 29 FEB ? *)', '2026-01-01T00:00:00Z', ['2028-02-29T00:00:00Z']],
  ['a year', 'cron(0 0 1 1 ? 2030-2031)', '2026-01-01T00:00:00Z', ['2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z']],
  ['a rate', 'rate(5 minutes)', '2026-01-01T00:00:00Z', ['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z']],
  ['once', 'at(2026-01-01T10:00:30)', '2026-01-01T00:00:00Z', ['2026-01-01T10:00:30Z']],
])('%s', (_, expression, from, expected) => {
  const schedule = parseSchedule(expression);
  let time = Date.parse(from);
  const anchor = time;
  for (const each of expected) {
    time = nextTime(schedule, time, anchor)!;
    expect(new Date(time)).toEqual(new Date(each));
  }
});

test('an end of all times is no time', () => {
  expect(nextTime(parseSchedule('cron(0 0 1 1 ? 2020)'), Date.parse('2026-01-01T00:00:00Z'), 0)).toBeUndefined();
  expect(nextTime(parseSchedule('at(2020-01-01T00:00:00)'), Date.parse('2026-01-01T00:00:00Z'), 0)).toBeUndefined();
});

test.each([
  ['in winter', '2026-01-01T00:00:00Z', '2026-01-01T08:00:00Z'],
  ['in summer', '2026-07-01T00:00:00Z', '2026-07-01T07:00:00Z'],
])('nine in Vienna %s', (_, from, expected) => {
  const schedule = parseSchedule('cron(0 9 * * ? *)', 'Europe/Vienna');
  expect(new Date(nextTime(schedule, Date.parse(from), 0)!)).toEqual(new Date(expected));
});

test('a time that the change to summer time leaves out does not happen, one that comes twice happens once', () => {
  const schedule = parseSchedule('cron(30 2 * * ? *)', 'Europe/Vienna');
  const next = (from: string) => new Date(nextTime(schedule, Date.parse(from), 0)!).toISOString();
  expect(next('2026-03-28T12:00:00Z')).toBe('2026-03-30T00:30:00.000Z');
  expect(next('2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
  expect(next('2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z');
});

test('two milliseconds before a change the zone is found', () => {
  expect(parseSchedule('at(2026-03-29T02:59:00)', 'UTC')).toEqual({
    kind: 'at',
    time: Date.parse('2026-03-29T02:59:00Z'),
  });
  expect(parseSchedule('at(2026-06-01T09:00:00)', 'America/New_York')).toEqual({
    kind: 'at',
    time: Date.parse('2026-06-01T13:00:00Z'),
  });
});

test.each([
  'rate(1 minutes)',
  'rate(2 minute)',
  'rate(0 minutes)',
  'rate(5 seconds)',
  'cron(0 12 * * * *)',
  'cron(0 12 ? * ? *)',
  'cron(60 * * * ? *)',
  'cron(0 12 * * ?)',
  'cron(0 12 * FOO ? *)',
  'at(tomorrow)',
  'at(2026-02-30T00:00:00)',
  'every day',
])('%s is no schedule', expression => {
  expect(() => parseSchedule(expression)).toThrow();
});
