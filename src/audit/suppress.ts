import {matchesGlob} from '../iam/glob.ts';
import type {Finding} from '../model/finding.ts';
import type {Ignore, IgnoredPlace} from '../model/ignore.ts';
import type {Origin} from '../model/origin.ts';

/** Marks what its author asked to be left alone. An ignore that is malformed or has run out has no effect. */
export function suppress(findings: readonly Finding[], ignores: readonly Ignore[], today: string): readonly Finding[] {
  const effective = ignores.filter(ignore => ignore.problem === undefined && !hasRunOut(ignore, today));
  return findings.map(finding => {
    const ignore = effective.find(candidate => isAbout(candidate, finding));
    if (ignore === undefined) return finding;
    return {...finding, suppressed: {reason: ignore.reason, expires: ignore.expires, origin: ignore.origin}};
  });
}

/** It holds on the day it names. */
export function hasRunOut({expires}: Ignore, today: string): boolean {
  return expires !== null && expires < today;
}

function isAbout({rule, resource, place, origin}: Ignore, finding: Finding): boolean {
  if (rule !== finding.rule) return false;
  if (place !== undefined) return fileOf(origin) === fileOf(finding.origin) && isAt(place, finding);
  return [finding.resource, finding.function].some(name => name !== null && matchesGlob(resource, name));
}

function fileOf(origin: Origin): string | undefined {
  return 'file' in origin ? origin.file : undefined;
}

/** A finding stands where a statement or a resource begins, and its evidence further down: either line will do. */
function isAt({line, to = line, text, within}: IgnoredPlace, {origin, evidence}: Finding): boolean {
  if (!('line' in origin)) return false;
  if (line <= origin.line && origin.line <= to) return true;
  const words = new Set(text.split(/[\s'",[\]{}]+/));
  return within.includes(origin.line) && Object.values(evidence).some(value => words.has(String(value)));
}
