import type {Template} from '../../cloudformation/parse.ts';
import {referencesOf} from '../../cloudformation/references.ts';

type Sections = Readonly<Record<'Resources' | 'Conditions', Readonly<Record<string, unknown>> | null | undefined>>;

/** The resources that refer to parameters or resources of these names, directly, through a condition or through others. */
export function dependents({body}: Pick<Template, 'body'>, names: readonly string[]): readonly string[] {
  const {Resources, Conditions} = body as Partial<Sections>;
  const nodes = new Map([
    ...Object.entries(Conditions ?? {}).map(([name, value]) => [`Condition ${name}`, needed(value)] as const),
    ...Object.entries(Resources ?? {}).map(([name, value]) => [name, needed(value)] as const),
  ]);
  const reached = new Set(names);
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const [name, needs] of nodes) if (needs.some(each => reached.has(each))) reached.add(name);
  }
  return Object.keys(Resources ?? {}).filter(name => nodes.get(name)!.some(each => reached.has(each)));
}

function needed(value: unknown): readonly string[] {
  return [...referencesOf(value).map(({name}) => name), ...conditionsOf(value).map(name => `Condition ${name}`)];
}

/** `Condition: Name` of a resource or within another condition, and the first operand of an If. */
function conditionsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(conditionsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const own = key === 'Condition' ? entry : key === 'Fn::If' && Array.isArray(entry) ? entry[0] : undefined;
    return [...(typeof own === 'string' ? [own] : []), ...conditionsOf(entry)];
  });
}
