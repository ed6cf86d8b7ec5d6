/** How far an account has been read, in one region. */
export interface Reading {
  /** `111122223333/eu-central-1`. */
  readonly place: string;
  readonly listed: number;
  /** Whether these are all. */
  readonly complete: boolean;
  /** Functions that have been asked for one by one, and since when. */
  readonly asked: number;
  readonly askedSince?: number;
}

/** `111122223333/eu-central-1: 1,200 of 5,000 functions read, about 5 min left`. */
export function readingLine({place, listed, complete, asked, askedSince}: Reading, now: number): string {
  if (!complete || asked === 0) return `${place}: ${count(listed)} functions listed`;
  if (asked >= listed) return `${place}: ${count(listed)} functions read, and now what they are tied to`;
  const elapsed = now - (askedSince ?? now);
  // The first answers say little about the rest.
  const left = elapsed < 3000 ? '' : `, about ${span((elapsed / asked) * (listed - asked))} left`;
  return `${place}: ${count(asked)} of ${count(listed)} functions read${left}`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function span(milliseconds: number): string {
  return milliseconds < 90_000 ? `${Math.ceil(milliseconds / 1000)} s` : `${Math.round(milliseconds / 60_000)} min`;
}
