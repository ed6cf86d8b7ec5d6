/** What a table has under a name that somebody else chose: `constructor` and `toString` stand in none. */
export function entry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
