export type Path = readonly (string | number)[];

/** Undefined where the path leads nowhere. */
export function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    body,
  );
}

/** A copy of `body`, in which another value stands at a path that exists; undefined takes the place away. */
export function withValueAt(body: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const entries = Object.entries(body as object).flatMap(([name, entry]) => {
    const changed = name === String(key) ? withValueAt(entry, rest, value) : entry;
    return changed === undefined ? [] : [[name, changed] as const];
  });
  return Array.isArray(body) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}
