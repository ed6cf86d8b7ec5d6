import {GearError} from '../errors.ts';
import type {LocalFunction} from './local-functions.ts';

/** All that went wrong as one error: what several functions import is wrong once. Undefined when nothing did. */
export function failureOf(
  settled: readonly PromiseSettledResult<unknown>[],
  functions: readonly LocalFunction[],
): unknown {
  const failures = settled.flatMap((each, index) =>
    each.status === 'rejected' ? [{logicalId: functions[index]!.logicalId, error: each.reason as unknown}] : [],
  );
  const other = failures.find(({error}) => !(error instanceof GearError));
  if (other !== undefined || failures.length < 2) return (other ?? failures[0])?.error;
  const errors = failures.map(({error}) => error as GearError);
  const lines = new Map<string, string[]>();
  for (const {logicalId, error} of failures)
    for (const line of (error as GearError).message.split('\n'))
      lines.set(line, [...(lines.get(line) ?? []), logicalId]);
  const listed = [...lines].map(([line, names]) => `  ${line} (${[...new Set(names)].join(', ')})`);
  return new GearError([`${failures.length} functions cannot be built`, ...listed].join('\n'), {
    code: errors[0]!.code,
    suggestions: [...new Set(errors.flatMap(({suggestions}) => suggestions))],
    cause: errors,
  });
}
