import {GearError} from '../errors.ts';

/** Milliseconds of `30s`, `10m`, `2h`, `1d`. */
export function spanOf(flag: string, text: string): number {
  const match = /^(\d+)([smhd])$/.exec(text);
  if (match === null)
    throw new GearError(`${flag} ${text} is not a span of time`, {
      code: 'USAGE',
      suggestions: [`${flag} 30s`, `${flag} 10m`],
    });
  return Number(match[1]) * {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}[match[2] as 's' | 'm' | 'h' | 'd'];
}

/** A moment as milliseconds since the epoch: `2026-03-01T08:00:00Z`, `2026-03-01`, or `2h` for two hours ago. */
export function timeOf(flag: string, text: string): number {
  if (/^\d+[smhd]$/.test(text)) return Date.now() - spanOf(flag, text);
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new GearError(`${flag} ${text} is neither a time nor a span of time`, {
      code: 'USAGE',
      suggestions: [`${flag} 2h`, `${flag} 2026-03-01T08:00:00Z`],
    });
  return time;
}
