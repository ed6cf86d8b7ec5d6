import {GearError} from '../errors.ts';
import type {Finding, NotChecked} from '../model/finding.ts';
import {sourceOf} from '../model/origin.ts';
import type {AuditResult} from './audit.ts';
import {groupOf} from './define-rule.ts';

/** A finding that was there when the gate was put up. Rule, resource and message are for people who review the file. */
export interface KnownFinding {
  readonly fingerprint: string;
  /** The file, from the baseline's folder, or `account/region`: two services may have the same finding. */
  readonly source: string;
  readonly rule: string;
  readonly resource: string;
  readonly message: string;
}

export interface Baseline {
  readonly version: 1;
  readonly findings: readonly KnownFinding[];
}

/** What an audit looked at, in the baseline's terms. */
export interface Scope {
  readonly rules: readonly string[];
  /** A source as it stands in the baseline. */
  sourceName(source: string): string;
  /** Whether a source that was not audited is still there. */
  exists(source: string): boolean;
}

export interface Compared {
  readonly result: AuditResult;
  /** Known, looked for, and not there any more. */
  readonly gone: readonly KnownFinding[];
}

/** Marks what the baseline knows. */
export function compareWithBaseline(result: AuditResult, {findings: before}: Baseline, scope: Scope): Compared {
  const known = new Set(before.map(identity));
  const findings = result.findings.map(finding => ({
    ...finding,
    known: finding.suppressed === null && known.has(identity(asKnown(finding, result, scope))),
  }));
  const now = new Set(result.findings.map(finding => identity(asKnown(finding, result, scope))));
  const gone = before.filter(each => !now.has(identity(each)) && wasLookedFor(each, result, scope));
  return {result: {...result, findings}, gone};
}

/** What is there now and not ignored; and what the baseline knows of places that were not looked at this time. */
export function updateBaseline(result: AuditResult, {findings: before}: Baseline, scope: Scope): Baseline {
  const now = result.findings
    .filter(({suppressed}) => suppressed === null)
    .map(finding => asKnown(finding, result, scope));
  const found = new Set(now.map(identity));
  const ignored = new Set(result.findings.map(finding => identity(asKnown(finding, result, scope))));
  const kept = before.filter(
    each => !found.has(identity(each)) && !ignored.has(identity(each)) && !wasLookedFor(each, result, scope),
  );
  return {version: 1, findings: [...kept, ...now].sort(inOrder)};
}

function identity({source, fingerprint}: KnownFinding): string {
  return `${source}\0${fingerprint}`;
}

function asKnown({fingerprint, rule, resource, message, origin}: Finding, result: AuditResult, scope: Scope) {
  const source = scope.sourceName(sourceOf(origin, result.sources));
  return {fingerprint, source, rule, resource, message} satisfies KnownFinding;
}

/** What could not be checked or judged may still be there. */
function wasLookedFor(known: KnownFinding, result: AuditResult, scope: Scope): boolean {
  const {sources, notChecked, notJudged = []} = result;
  if (!scope.rules.includes(known.rule)) return false;
  if (!sources.some(source => scope.sourceName(source) === known.source)) return !scope.exists(known.source);
  return ![...notChecked, ...notJudged].some(entry => stands(entry, known.rule) && isIn(entry, known, sources, scope));
}

function stands({rule}: NotChecked, known: string): boolean {
  return rule === '*' || rule === known || rule === `${groupOf(known)}/*`;
}

function isIn({origin}: NotChecked, {source}: KnownFinding, sources: readonly string[], scope: Scope): boolean {
  return scope.sourceName(sourceOf(origin, sources)) === source;
}

function inOrder(a: KnownFinding, b: KnownFinding): number {
  const key = ({source, rule, resource, fingerprint}: KnownFinding) => [source, rule, resource, fingerprint].join('\0');
  return key(a) < key(b) ? -1 : 1;
}

/** A baseline that cannot be understood would let everything pass, or nothing. */
export function parseBaseline(text: string, file: string): Baseline {
  const refuse = (what: string) =>
    new GearError(`${file} is no baseline: ${what}`, {
      code: 'BASELINE_INVALID',
      suggestions: [`remove ${file}, then gear audit --baseline ${file} --update-baseline`],
    });
  let baseline: Partial<Baseline> | null;
  try {
    baseline = JSON.parse(text);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (baseline?.version !== 1) throw refuse('its version is not 1');
  if (!Array.isArray(baseline.findings)) throw refuse('it has no list of findings');
  for (const [index, entry] of (baseline.findings as unknown[]).entries())
    for (const member of ['fingerprint', 'source', 'rule', 'resource', 'message'])
      if (typeof (entry as Record<string, unknown> | null)?.[member] !== 'string')
        throw refuse(`its finding ${index + 1} has no ${member}`);
  return baseline as Baseline;
}
