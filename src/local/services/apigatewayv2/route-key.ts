import {badRequest} from './errors.ts';

const methods = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

export interface RouteKey {
  /** `ANY` for all. */
  readonly method: string;
  /** `/orders/{id}`; segments in braces are variables, `{proxy+}` at the end takes the rest. */
  readonly path: string;
}

/** Undefined for `$default`. */
export function parseRouteKey(routeKey: string): RouteKey | undefined {
  if (routeKey === '$default') return undefined;
  const [, method, path] = /^(\S+) (\/\S*)$/.exec(routeKey) ?? [];
  if (method === undefined || path === undefined || !methods.includes(method) || !isPath(path))
    throw badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    );
  return {method, path};
}

function isPath(path: string): boolean {
  const segments = path.split('/').slice(1);
  const names = segments.flatMap(segment => /^\{([\w.-]+)\+?\}$/.exec(segment)?.[1] ?? []);
  return (
    new Set(names).size === names.length &&
    segments.every(
      (segment, index) =>
        /^[^{}]*$/.test(segment) ||
        /^\{[\w.-]+\}$/.test(segment) ||
        (/^\{[\w.-]+\+\}$/.test(segment) && index === segments.length - 1),
    )
  );
}
