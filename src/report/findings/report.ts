import type {AuditResult} from '../../audit/audit.ts';
import type {KnownFinding} from '../../audit/baseline.ts';
import type {AnyRule} from '../../audit/define-rule.ts';
import type {FixedFile} from '../../audit/fix/fix-file.ts';
import {type Finding, isOpen, type NotChecked, reaches, type Severity} from '../../model/finding.ts';

/** What every format of an audit is made of. */
export interface AuditReport {
  readonly result: AuditResult;
  /** Files that could not be read at all. */
  readonly notRead: readonly NotChecked[];
  /** What was asked for and makes the command fail, beside what could not be read: a parameter that no template has. */
  readonly refused?: readonly string[];
  /** Those that ran. */
  readonly rules: readonly AnyRule[];
  readonly failOn: Severity;
  /** Whether there is one to compare with. */
  readonly baseline: boolean;
  /** What the baseline knows and is there no longer. */
  readonly gone: readonly KnownFinding[];
  /** Absent where no fixes were asked for. */
  readonly fixes?: readonly FixedFile[];
  /** Of gear. */
  readonly version: string;
  /** A file as the services know it that show a report beside the code: from the root of the repository. */
  pathOf(file: string): string;
}

/** The same answer in every format: whether the gate stays closed because of it. */
export function fails(finding: Finding, {failOn}: Pick<AuditReport, 'failOn'>): boolean {
  return isOpen(finding) && reaches(finding.severity, failOn);
}

/** Why a finding does not fail; undefined when it does. */
export function excuse(finding: Finding, report: Pick<AuditReport, 'failOn'>): string | undefined {
  const {suppressed, known, severity} = finding;
  if (suppressed !== null) return `ignored: ${suppressed.reason}`;
  if (known) return 'known from the baseline';
  return fails(finding, report) ? undefined : `${severity}, below the threshold ${report.failOn}`;
}
