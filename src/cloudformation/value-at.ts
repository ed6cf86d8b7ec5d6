type Path = readonly (string | number)[];

/** Undefined where the path leads nowhere. */
export function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], body);
}

/** A copy of `body`, in which another value stands at a path that exists. */
export function withValueAt(body: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(body)) return body.map((entry, index) => (index === key ? withValueAt(entry, rest, value) : entry));
  return Object.fromEntries(
    Object.entries(body as Record<string, unknown>).map(([name, entry]) => [
      name,
      name === key ? withValueAt(entry, rest, value) : entry,
    ]),
  );
}
