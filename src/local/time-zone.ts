/** What a clock on the wall shows; months from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', {timeZone: name});
    return true;
  } catch {
    return false;
  }
}

export function localTime(instant: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({type, value}) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name)!;
  return {year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute')};
}

/** The first instant at which the wall shows it; undefined when a change to summer time leaves it out. */
export function instantOf(local: LocalTime, timeZone: string): number | undefined {
  const asUtc = utcOf(local);
  if (new Date(asUtc).getUTCDate() !== local.day) return undefined;
  // The offset a day before and a day after: where they differ, the time falls near a change.
  const offsets = [asUtc - day, asUtc + day].map(instant => utcOf(localTime(instant, timeZone)) - instant);
  const candidates = [...new Set(offsets)].map(offset => asUtc - offset).sort((a, b) => a - b);
  return candidates.find(instant => utcOf(localTime(instant, timeZone)) === asUtc);
}

const day = 86_400_000;

function utcOf({year, month, day, hour, minute}: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than using it a thousand times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
