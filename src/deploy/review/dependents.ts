import type {Template} from '../../cloudformation/parse.ts';
import {referencesOf} from '../../cloudformation/references.ts';
import {givenTo} from './draft-parameters.ts';

type Sections = Readonly<Record<'Resources' | 'Conditions', Readonly<Record<string, unknown>> | null | undefined>>;
type Read = Pick<Template, 'body'>;

interface Nesting {
  readonly template: Read;
  readonly nested: readonly (Nesting & {readonly logicalId: string})[];
}

/** The resources that refer to parameters or resources of these names, directly, through a condition or through others. */
export function dependents({body}: Read, names: readonly string[]): readonly string[] {
  const nodes = nodesOf(body);
  const reached = reachedFrom(nodes, names);
  return Object.keys((body as Partial<Sections>).Resources ?? {}).filter(name =>
    nodes.get(name)!.some(each => reached.has(each)),
  );
}

/** With those in nested stacks that are given something that hangs on them, under their paths: `Storage/Table`. */
export function dependentsWithin({template, nested}: Nesting, names: readonly string[]): readonly string[] {
  const inside = nested.flatMap(each =>
    dependentsWithin(each, hangingParameters(template, each.logicalId, names)).map(name => `${each.logicalId}/${name}`),
  );
  return [...dependents(template, names), ...inside];
}

/** Parameters of a nested stack that the template above gives values which hang on these names. */
export function hangingParameters({body}: Read, nestedStack: string, names: readonly string[]): readonly string[] {
  const reached = reachedFrom(nodesOf(body), names);
  return Object.entries(givenTo({body}, nestedStack))
    .filter(([, value]) => needed(value).some(each => reached.has(each)))
    .map(([name]) => name);
}

type Nodes = ReadonlyMap<string, readonly string[]>;

/** What each condition and resource refers to. */
function nodesOf(body: Read['body']): Nodes {
  const {Resources, Conditions} = body as Partial<Sections>;
  return new Map([
    ...Object.entries(Conditions ?? {}).map(([name, value]) => [`Condition ${name}`, needed(value)] as const),
    ...Object.entries(Resources ?? {}).map(([name, value]) => [name, needed(value)] as const),
  ]);
}

function reachedFrom(nodes: Nodes, names: readonly string[]): ReadonlySet<string> {
  const reached = new Set(names);
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const [name, needs] of nodes) if (needs.some(each => reached.has(each))) reached.add(name);
  }
  return reached;
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
