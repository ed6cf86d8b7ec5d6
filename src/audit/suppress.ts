import type {Finding, Ignore} from '../model/finding.ts';

/** Marks what its author asked to be left alone. An ignore that is malformed or has run out has no effect. */
export function suppress(findings: readonly Finding[], ignores: readonly Ignore[], today: string): readonly Finding[] {
  const effective = ignores.filter(ignore => ignore.problem === undefined && !hasRunOut(ignore, today));
  return findings.map(finding => {
    const ignore = effective.find(
      ({rule, resource}) => rule === finding.rule && (resource === finding.resource || resource === finding.function),
    );
    return ignore === undefined ? finding : {...finding, suppressed: {reason: ignore.reason, expires: ignore.expires}};
  });
}

/** It holds on the day it names. */
export function hasRunOut({expires}: Ignore, today: string): boolean {
  return expires !== null && expires < today;
}
