import {ServiceError} from '../service-error.ts';
import type {Shape} from '../shape.ts';
import {decodeMembers} from './decode-members.ts';
import {decodeText, invalid, type Place, within} from './decode-text.ts';
import type {QueryParameter} from './request.ts';

/**
 * The Query protocol's flat parameters as the operation takes them: `Tags.member.1.Key`, flattened `Tags.1.Key`,
 * maps `Attributes.entry.1.key`. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function decodeQuery(shape: Shape, parameters: readonly QueryParameter[], place: Place): unknown {
  const root: Branch = new Map();
  for (const [name, value] of parameters) plant(root, name.split('.'), value, within(place, name));
  return decode(shape, root, place);
}

type Branch = Map<string, Branch | string>;

function plant(root: Branch, path: readonly string[], value: string, place: Place): void {
  let branch = root;
  for (const name of path.slice(0, -1)) {
    const next = branch.get(name);
    if (next instanceof Map) {
      branch = next;
      continue;
    }
    if (next !== undefined) throw twice(place);
    const fresh: Branch = new Map();
    branch.set(name, fresh);
    branch = fresh;
  }
  if (branch.has(path.at(-1)!)) throw twice(place);
  branch.set(path.at(-1)!, value);
}

function twice({operation, path}: Place): ServiceError {
  return new ServiceError('MalformedQueryString', `${operation}: the parameter ${path} is given more than once`);
}

function decode(shape: Shape, value: unknown, place: Place): unknown {
  if (shape.kind !== 'list' && shape.kind !== 'map' && shape.kind !== 'structure')
    return typeof value === 'string' ? decodeText(shape, value, place) : invalid(place, `a ${shape.kind}`, '');
  // An empty list or map is sent as a parameter without a value.
  const branch: Branch = value instanceof Map ? value : new Map();
  if (typeof value === 'string' && value !== '') return invalid(place, `a ${shape.kind}`, value);
  if (shape.kind === 'structure') return decodeMembers(shape.members, branch, place, decode);
  if (shape.kind === 'list')
    return numbered(branch, [shape.item ?? 'member', 'member'], place).map((item, index) =>
      decode(shape.member, item, within(place, String(index + 1))),
    );
  return Object.fromEntries(
    numbered(branch, ['entry'], place).map(entry => {
      const key = entry instanceof Map ? (entry.get('key') ?? entry.get('Name')) : undefined;
      if (!(entry instanceof Map) || typeof key !== 'string') return invalid(place, 'pairs of key and value', '');
      return [key, decode(shape.value, entry.get('value') ?? entry.get('Value') ?? '', within(place, key))];
    }),
  );
}

/** The children `1`, `2`, ... in order, under one of the wrapping names or directly. */
function numbered(branch: Branch, wrappers: readonly string[], place: Place): (Branch | string)[] {
  const [only] = branch.keys();
  const inner = only !== undefined && branch.size === 1 && wrappers.includes(only) ? branch.get(only) : branch;
  if (!(inner instanceof Map)) return inner === '' || inner === undefined ? [] : invalid(place, 'numbered', inner);
  return [...inner]
    .map(([name, item]): [number, Branch | string] =>
      /^\d+$/.test(name) ? [Number(name), item] : invalid(within(place, name), 'numbered', ''),
    )
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
