import type {HttpBinding, Operation} from '../operation.ts';
import {decodePercent, header, parameter, type WireRequest} from './request.ts';

// biome-ignore lint/suspicious/noExplicitAny: operations of any store and input
type AnyOperation = Operation<any, any, unknown>;

export interface RestRoute {
  readonly operation: AnyOperation;
  readonly http: HttpBinding;
  /** Labels of the path, decoded. */
  readonly labels: Readonly<Record<string, string>>;
  /** Query parameters that chose the route. */
  readonly flags: ReadonlySet<string>;
}

/** Finds the operation that a method, a path and its sub-resource mean: of several that fit, the most specific. */
export function restRouter(operations: readonly AnyOperation[]): (request: WireRequest) => RestRoute | undefined {
  const byMethod = new Map<string, Pattern[]>();
  for (const operation of operations) {
    if (operation.http === undefined) continue;
    const pattern = compile(operation, operation.http);
    const patterns = byMethod.get(operation.http.method);
    if (patterns === undefined) byMethod.set(operation.http.method, [pattern]);
    else patterns.push(pattern);
  }
  for (const patterns of byMethod.values()) patterns.sort((a, b) => b.weight - a.weight);
  return request => {
    for (const pattern of byMethod.get(request.method) ?? []) {
      const labels = match(pattern, request);
      if (labels !== undefined)
        return {
          operation: pattern.operation,
          http: pattern.http,
          labels,
          flags: new Set(pattern.flags.map(([name]) => name)),
        };
    }
    return undefined;
  };
}

interface Pattern {
  readonly operation: AnyOperation;
  readonly http: HttpBinding;
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** `notification` must be there; `list-type=2` must have that value. */
  readonly flags: readonly (readonly [name: string, value: string | undefined])[];
  readonly weight: number;
}

function compile(operation: AnyOperation, http: HttpBinding): Pattern {
  const [path, query = ''] = http.path.split('?') as [string, string?];
  const labels: string[] = [];
  const segments = path.split('/').filter(segment => segment !== '');
  const source = segments.map(segment => {
    const label = /^\{(\w+)(\+?)\}$/.exec(segment);
    if (label === null) return `/${segment.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
    labels.push(label[1]!);
    return label[2] === '+' ? '/(.+)' : '/([^/]+)';
  });
  const flags = query
    .split('&')
    .filter(flag => flag !== '')
    .map((flag): [string, string | undefined] => {
      const equals = flag.indexOf('=');
      return equals < 0 ? [flag, undefined] : [flag.slice(0, equals), flag.slice(equals + 1)];
    });
  const greedy = path.includes('+}');
  const literals = segments.filter(segment => !segment.startsWith('{')).length;
  return {
    operation,
    http,
    path: new RegExp(`^${source.join('')}${greedy ? '' : '/?'}$`, 's'),
    labels,
    flags,
    weight:
      literals * 100 +
      segments.length * 10 +
      flags.length * 2 +
      (http.requiresHeader === undefined ? 0 : 1) -
      (greedy ? 5 : 0),
  };
}

function match(pattern: Pattern, request: WireRequest): Record<string, string> | undefined {
  for (const [name, value] of pattern.flags) {
    const sent = parameter(request, name);
    if (sent === undefined || (value !== undefined && sent !== value)) return undefined;
  }
  const {requiresHeader} = pattern.http;
  if (requiresHeader !== undefined && header(request, requiresHeader) === undefined) return undefined;
  const found = pattern.path.exec(request.path);
  if (found === null) return undefined;
  return Object.fromEntries(pattern.labels.map((label, index) => [label, decodePercent(found[index + 1]!)]));
}
