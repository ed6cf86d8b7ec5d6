/** A value that cannot be known from where it was read, such as `!Ref Timeout` of a parameter without a default. */
export interface Unresolved {
  readonly unresolved: true;
  /** What stands there, for people: `!Ref Timeout`. */
  readonly text: string;
  /** Why it cannot be known, as the end of "not checked, because ...". */
  readonly reason: string;
}

export type Resolvable<T> = T | Unresolved;

export function unresolved(text: string, reason: string): Unresolved {
  return {unresolved: true, text, reason};
}

export function isUnresolved(value: unknown): value is Unresolved {
  return typeof value === 'object' && value !== null && (value as Partial<Unresolved>).unresolved === true;
}

/** For people: of what cannot be known, what stands there. */
export function asWritten<T>(value: Resolvable<T>): T | string {
  return isUnresolved(value) ? value.text : value;
}
