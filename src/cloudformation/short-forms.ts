const intrinsics = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Ref',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

/** `!Ref` and its like, as they stand in YAML. */
export const shortNames: ReadonlySet<string> = new Set(intrinsics.map(name => `!${name}`));

/** `Fn::Sub` of `!Sub`. */
export function longName(tag: string): string {
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

export function longForm(name: string, value: unknown): unknown {
  if (name !== 'Fn::GetAtt' || typeof value !== 'string') return {[name]: value};
  const dot = value.indexOf('.');
  return {[name]: dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)]};
}
