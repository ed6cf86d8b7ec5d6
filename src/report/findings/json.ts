import type {AuditResult, FunctionStarts} from '../../audit/audit.ts';
import type {FixedFile} from '../../audit/fix/fix-file.ts';
import type {PackageContents} from '../../audit/package-contents.ts';
import {type Finding, isOpen, type NotChecked, type Severity} from '../../model/finding.ts';
import {fixesDocument} from './fixes.ts';
import {jsonPieces} from './json-pieces.ts';
import type {AuditReport} from './report.ts';

/** The contract for machines, as data/audit.schema.json has it; a change that takes something away is another version. */
export interface FindingsDocument {
  readonly version: 1;
  readonly summary: {
    readonly functions: number;
    /** Those that are neither suppressed nor known from a baseline. */
    readonly findings: Readonly<Record<Severity, number>>;
    readonly notChecked: number;
  };
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
  /** What does not show what a rule is about, and fails nothing; absent where there is nothing. */
  readonly notJudged?: readonly NotChecked[];
  /** What was asked for and makes the command fail besides; absent where there is nothing. */
  readonly refused?: readonly string[];
  /** With --measured: how each function started, in milliseconds. */
  readonly starts?: readonly FunctionStarts[];
  /** With --packages: how large each function is, and its ten largest packages. */
  readonly packages?: readonly PackageContents[];
  /** With --fix: what was fixed, and why the rest was not; the findings are those that are left. */
  readonly fixes?: ReturnType<typeof fixesDocument>;
}

/** In pieces, to be written one after the other. */
export function findingsJson({result, notRead, refused, fixes}: AuditReport): Iterable<string> {
  return jsonPieces(findingsDocument({...result, notChecked: [...result.notChecked, ...notRead]}, fixes, refused));
}

export function findingsDocument(
  {functions, findings, notChecked, notJudged, starts, packages}: AuditResult,
  fixes?: readonly FixedFile[],
  refused: readonly string[] = [],
): FindingsDocument {
  return {
    version: 1,
    summary: {functions, findings: countBySeverity(findings), notChecked: notChecked.length},
    findings: findings.map(finding => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      function: finding.function,
      resource: finding.resource,
      ...(finding.construct === undefined ? {} : {construct: finding.construct}),
      origin: finding.origin,
      evidence: finding.evidence,
      remedy: finding.remedy,
      fingerprint: finding.fingerprint,
      suppressed: finding.suppressed,
      known: finding.known,
    })),
    notChecked: notChecked.map(inContract),
    ...(notJudged === undefined ? {} : {notJudged: notJudged.map(inContract)}),
    ...(refused.length === 0 ? {} : {refused}),
    ...(starts === undefined ? {} : {starts}),
    ...(packages === undefined ? {} : {packages}),
    ...(fixes === undefined ? {} : {fixes: fixesDocument(fixes)}),
  };
}

function inContract({rule, resource, reason, origin}: NotChecked): NotChecked {
  return {rule, resource, reason, origin};
}

function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = {critical: 0, high: 0, medium: 0, low: 0, info: 0};
  for (const finding of findings) if (isOpen(finding)) counts[finding.severity]++;
  return counts;
}
