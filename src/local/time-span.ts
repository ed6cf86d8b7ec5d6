import {GearError} from '../errors.ts';

const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000};
const longest = 3660 * 86_400_000;

/** `+15m`, `1h30m`, `2d` in milliseconds. */
export function parseTimeSpan(text: string): number {
  const parts = [...text.matchAll(/(\d+)([smhdw])/g)];
  const milliseconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
  if (!/^\+?(\d+[smhdw])+$/.test(text) || milliseconds === 0)
    throw new GearError(`${text} is not a span of time to go forward by`, {
      code: 'BAD_TIME_SPAN',
      suggestions: ['+15m', '+1h30m', '+2d'],
    });
  if (milliseconds > longest)
    throw new GearError(`${text} is further than ten years`, {code: 'BAD_TIME_SPAN', suggestions: ['+90d']});
  return milliseconds;
}
