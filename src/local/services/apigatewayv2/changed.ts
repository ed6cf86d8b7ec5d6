/** A record with what a change says; undefined members leave it as it is, and empty text takes a member away. */
export function changed<T extends object>(record: T, change: Readonly<Record<string, unknown>>): T {
  const entries = Object.entries({...record, ...defined(change)});
  return Object.fromEntries(entries.filter(([, value]) => value !== '')) as T;
}

/** The members that are there. */
export function defined<T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

/** `2026-01-01T00:00:00Z`. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
