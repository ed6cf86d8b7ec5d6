import type {Origin} from '../../model/origin.ts';
import type {Unresolved} from '../../model/resolvable.ts';

/** A value of a service's configuration, and the place where its author wrote it. */
export type ConfigNode = ScalarNode | ListNode | MapNode | UnknownNode;

export interface ScalarNode {
  readonly node: 'scalar';
  readonly value: string | number | boolean | null;
  readonly origin: Origin;
}

export interface ListNode {
  readonly node: 'list';
  readonly items: readonly ConfigNode[];
  readonly origin: Origin;
}

export interface MapNode {
  readonly node: 'map';
  readonly entries: ReadonlyMap<string, ConfigNode>;
  readonly origin: Origin;
}

/** A variable whose value only a deployment knows. */
export interface UnknownNode {
  readonly node: 'unknown';
  readonly unresolved: Unresolved;
  readonly origin: Origin;
}

/** What stands below a map, name by name; undefined when it ends before. A null is as good as nothing. */
export function at(node: ConfigNode | undefined, ...names: readonly string[]): ConfigNode | undefined {
  let found = node;
  for (const name of names) {
    if (found?.node === 'unknown') return found;
    found = found?.node === 'map' ? found.entries.get(name) : undefined;
  }
  return found?.node === 'scalar' && found.value === null ? undefined : found;
}

/** Whether it stands there as a null, which takes away what is set for all. */
export function isNull(node: ConfigNode, name: string): boolean {
  const found = node.node === 'map' ? node.entries.get(name) : undefined;
  return found?.node === 'scalar' && found.value === null;
}

export function entriesOf(node: ConfigNode | undefined): readonly (readonly [string, ConfigNode])[] {
  return node?.node === 'map' ? [...node.entries] : [];
}

/** A list's items; what is not known as a whole is one item that is not known. */
export function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
  if (node?.node === 'list') return node.items;
  return node === undefined || (node.node === 'scalar' && node.value === null) ? [] : [node];
}

/** Text, and numbers and booleans as text. */
export function textOf(node: ConfigNode | undefined): string | undefined {
  return node?.node === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

export function isTrue(node: ConfigNode | undefined): boolean {
  return textOf(node) === 'true';
}

/** Members of a template that gear writes, in which nodes of the configuration may stand; undefined ones are left out. */
export function build(value: unknown, origin: Origin): ConfigNode {
  if (isConfigNode(value)) return value;
  if (Array.isArray(value)) return {node: 'list', items: value.map(item => build(item, origin)), origin};
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return {node: 'map', entries: new Map(members.map(([name, member]) => [name, build(member, origin)])), origin};
  }
  return {node: 'scalar', value: value as ScalarNode['value'], origin};
}

function isConfigNode(value: unknown): value is ConfigNode {
  return typeof value === 'object' && value !== null && 'node' in value && 'origin' in value;
}

/** The same value, said to stand elsewhere: where it is used and not where it is defined. */
export function standingAt(node: ConfigNode, origin: Origin): ConfigNode {
  return {...node, origin};
}

/** Maps member by member, the second winning; everything else is replaced, as in the framework's own merging. */
export function merge(below: ConfigNode | undefined, above: ConfigNode): ConfigNode {
  if (below?.node !== 'map' || above.node !== 'map') return above;
  const entries = new Map(below.entries);
  for (const [name, value] of above.entries) entries.set(name, merge(entries.get(name), value));
  return {...below, entries};
}
