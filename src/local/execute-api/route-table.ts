import type {RouteRecord} from '../services/apigatewayv2/records.ts';
import {parseRouteKey} from '../services/apigatewayv2/route-key.ts';

export interface FoundRoute {
  readonly route: RouteRecord;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly route: RouteRecord;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * The routes of a deployment, most specific first: a segment that is spelt out before a variable, a variable before
 * `{proxy+}`, a method before ANY, and `$default` last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function routeTable(
  routes: readonly RouteRecord[],
): (method: string, segments: readonly string[]) => FoundRoute | undefined {
  const candidates: Candidate[] = [];
  let fallback: RouteRecord | undefined;
  for (const route of routes) {
    const key = parseRouteKey(route.routeKey);
    if (key === undefined) fallback = route;
    else candidates.push({route, method: key.method, segments: key.path.split('/').slice(1)});
  }
  candidates.sort(bySpecificity);
  return (method, segments) => {
    for (const candidate of candidates) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = match(candidate.segments, segments);
      if (pathParameters !== undefined) return {route: candidate.route, pathParameters};
    }
    return fallback && {route: fallback, pathParameters: {}};
  };
}

function bySpecificity(a: Candidate, b: Candidate): number {
  for (let index = 0; index < Math.min(a.segments.length, b.segments.length); index++) {
    const difference = openness(a.segments[index]!) - openness(b.segments[index]!);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function openness(segment: string): number {
  if (!segment.startsWith('{')) return 0;
  return segment.endsWith('+}') ? 2 : 1;
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const greedy = pattern.at(-1)?.endsWith('+}') === true;
  if (greedy ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index]!;
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
    } else if (part.endsWith('+}')) found[part.slice(1, -2)] = segments.slice(index).join('/');
    else found[part.slice(1, -1)] = segment;
  }
  // A variable stands for something.
  return Object.values(found).includes('') ? undefined : found;
}
