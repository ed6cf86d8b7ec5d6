import type {AuditResult} from '../../audit/audit.ts';
import {counted} from '../../model/counted.ts';
import {isOpen, type NotChecked, severities} from '../../model/finding.ts';
import type {Paint} from './paint.ts';
import type {AuditReport} from './report.ts';

interface SummaryOptions {
  readonly paint: Paint;
  readonly notRead?: readonly NotChecked[];
  readonly refused?: readonly string[];
}

/** `3 functions: 1 high, 2 low; 1 ignored; 2 not checked`; before it, what keeps this from being all. */
export function summaryLine(result: AuditResult, {paint, notRead = [], refused = []}: SummaryOptions): string {
  const unread = [...new Set(notRead.map(({resource}) => resource))];
  const failed = [...refused, ...(unread.length === 0 ? [] : [`${listed(unread)} could not be read`])];
  if (failed.length === 0) return outcome(result, paint, 'No functions');
  if (result.sources.length === 0) return `${paint.bold('Nothing was audited')}: ${paint.red(failed.join('; '))}`;
  const rest =
    unread.length === 0
      ? outcome(result, paint, 'No functions')
      : `The rest has ${outcome(result, paint, 'no functions')}`;
  return `${paint.red(failed.join('; '))}. ${rest}`;
}

/** As it stands under every format that people read. */
export function plainSummary({result, notRead, refused = []}: AuditReport): string {
  const plain = (text: string) => text;
  const paint = {bold: plain, dim: plain, red: plain, yellow: plain, green: plain};
  return summaryLine(result, {paint, notRead, refused});
}

function outcome({functions, findings, notChecked, notJudged = []}: AuditResult, paint: Paint, none: string): string {
  const open = findings.filter(isOpen);
  const counts = severities
    .map(severity => ({severity, count: open.filter(finding => finding.severity === severity).length}))
    .filter(({count}) => count > 0)
    .map(({severity, count}) => `${count} ${severity}`);
  const ignored = findings.filter(({suppressed}) => suppressed !== null).length;
  const known = findings.length - open.length - ignored;
  const unknown = notChecked.length === 0 ? [] : [`${notChecked.length} not checked`];
  const clean = known === 0 ? 'no findings' : 'no new findings';
  const settled = [
    ...(known === 0 ? [] : [`${known} known from the baseline`]),
    ...(ignored === 0 ? [] : [`${ignored} ignored`]),
  ];
  const opaque = notJudged.length === 0 ? [] : [`${notJudged.length} not judged`];
  const parts =
    counts.length > 0
      ? [counts.join(', '), ...settled, ...unknown, ...opaque]
      : // What could not be checked is no pass, and must not read like one.
        [
          unknown.length === 0 ? paint.green(clean) : `${clean}, but ${paint.yellow(unknown[0]!)}`,
          ...settled,
          ...opaque,
        ];
  const subject = functions === 0 ? none : counted(functions, 'function');
  return `${paint.bold(subject)}: ${parts.join('; ')}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const left = names.length - shown.length;
  return left === 0 ? shown.join(', ') : `${shown.join(', ')} and ${left} more`;
}
