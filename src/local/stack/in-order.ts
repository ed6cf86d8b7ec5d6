/** Entries whose order says nothing, in the order in which the template has them, and then what is new. */
export function byKey<Entry>(
  expected: readonly Entry[] | undefined,
  actual: readonly Entry[],
  key: (entry: Entry) => string,
): readonly Entry[] {
  const known = (expected ?? []).map(key);
  const ordered = known.flatMap(name => actual.filter(entry => key(entry) === name));
  return [...ordered, ...actual.filter(entry => !known.includes(key(entry)))];
}
