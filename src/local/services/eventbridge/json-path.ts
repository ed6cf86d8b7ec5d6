/** `$.detail.items[0]['order id']`: the paths that InputPath and InputPathsMap take here. */
export function parseJsonPath(path: string): readonly string[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: string[] = [];
  let rest = path.slice(1);
  while (rest !== '') {
    const step = /^(?:\.(?<name>[\w-]+)|\[(?<index>\d+)\]|\['(?<quoted>[^']+)'\])/.exec(rest);
    if (step?.groups === undefined) return undefined;
    steps.push((step.groups.name ?? step.groups.index ?? step.groups.quoted)!);
    rest = rest.slice(step[0].length);
  }
  return steps;
}

export function valueAt(path: string, document: unknown): unknown {
  let value = document;
  for (const step of parseJsonPath(path) ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
