import type {NotChecked} from '../model/finding.ts';
import type {Origin} from '../model/origin.ts';

/** The rules that read what a handler does. */
const rules = [
  'coldstart/client-in-handler',
  'coldstart/module-loaded-in-handler',
  'resilience/connection-per-invocation',
  'resilience/uncached-secret',
];

/** One entry for each reason, with all functions that it holds for: most accounts have one bundler. */
export function handlersNotChecked(
  unread: ReadonlyMap<string, readonly string[]>,
  origin: Origin,
): readonly NotChecked[] {
  return [...unread].flatMap(([reason, names]) =>
    rules.map(rule => ({rule, resource: [...names].sort().join(', '), reason, origin})),
  );
}
