/** A template without the resources of some types; what refers to them gets the name of what is not there. */
export function without(types: readonly string[], body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const resources = Object.entries(body.Resources as Record<string, {readonly Type: string}>);
  const gone = new Set(resources.filter(([, {Type}]) => types.includes(Type)).map(([id]) => id));
  const kept = Object.fromEntries(resources.filter(([id]) => !gone.has(id)));
  return {...(standIn(body, gone) as object), Resources: standIn(kept, gone)};
}

function standIn(value: unknown, gone: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map(item => standIn(item, gone));
  if (typeof value === 'string')
    return value.replace(/\$\{([A-Za-z0-9]+)(?:\.\w+)?\}/g, (whole, id) => (gone.has(id) ? nameOf(id) : whole));
  if (typeof value !== 'object' || value === null) return value;
  const {Ref, 'Fn::GetAtt': attribute} = value as {Ref?: string; 'Fn::GetAtt'?: string | readonly string[]};
  const id = Ref ?? (typeof attribute === 'string' ? attribute.split('.')[0] : attribute?.[0]);
  if (id !== undefined && gone.has(id)) return nameOf(id);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, unknown][] =>
      key === 'DependsOn'
        ? [[key, [member as string | string[]].flat().filter(name => !gone.has(name))]]
        : [[key, standIn(member, gone)]],
    ),
  );
}

function nameOf(id: string): string {
  return `arn:aws:sqs:eu-central-1:123456789012:${id}`;
}
