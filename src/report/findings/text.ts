import type {AuditResult} from '../../audit/audit.ts';
import type {AnyRule} from '../../audit/define-rule.ts';
import {type Finding, type NotChecked, type Severity, severities} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';

export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green', (text: string) => string>>;

/**
 * For people: what, where, why it matters and what to do, one block for each rule and severity; then what could not be
 * checked; then one line that sums up.
 */
export function findingsText(result: AuditResult, rules: readonly AnyRule[], paint: Paint): string {
  const open = result.findings.filter(({suppressed}) => suppressed === null);
  const blocks = [...groupBy(open, ({severity, rule}) => `${severity} ${rule}`).values()].map(findings =>
    block(findings, rules.find(({id}) => id === findings[0]!.rule)!, paint),
  );
  const notChecked = result.notChecked.length === 0 ? [] : [notCheckedBlock(result.notChecked, paint)];
  return [...blocks, ...notChecked, summaryLine(result, paint)].join('\n\n');
}

function block(findings: readonly Finding[], rule: AnyRule, paint: Paint): string {
  const {severity, remedy} = findings[0]!;
  const title = `${paintSeverity(severity, paint)} ${paint.bold(rule.id)}: ${rule.title}`;
  const sameRemedy = findings.every(finding => finding.remedy === remedy);
  const lines = findings.flatMap(finding => [
    `  ${finding.message}`,
    paint.dim(`    ${place(finding.origin)}  ${owner(finding)}`),
    ...(sameRemedy ? [] : [`    ${finding.remedy}`]),
  ]);
  return [title, ...lines, `  Why: ${rule.why}`, ...(sameRemedy ? [`  Do:  ${remedy}`] : [])].join('\n');
}

function paintSeverity(severity: Severity, paint: Paint): string {
  const name = severity.toUpperCase();
  if (severity === 'critical' || severity === 'high') return paint.red(name);
  return severity === 'medium' || severity === 'low' ? paint.yellow(name) : paint.dim(name);
}

function owner({resource, function: fn}: Finding): string {
  return fn === null || fn === resource ? resource : `${resource} (of ${fn})`;
}

function place(origin: Origin): string {
  return 'arn' in origin ? origin.arn : `${origin.file}:${origin.line}:${origin.column}`;
}

/** The same reason at the same place is said once, with all the rules that it stopped. */
function notCheckedBlock(notChecked: readonly NotChecked[], paint: Paint): string {
  const groups = groupBy(notChecked, ({resource, reason, origin}) => `${resource}\0${reason}\0${place(origin)}`);
  const lines = [...groups.values()].flatMap(entries => {
    const {resource, reason, origin} = entries[0]!;
    const rules = [...new Set(entries.map(({rule}) => rule))].filter(rule => rule !== '*');
    return [
      `  ${resource === '' ? '' : `${resource}: `}${reason}`,
      paint.dim(`    ${[place(origin), rules.join(', ')].join('  ').trim()}`),
    ];
  });
  return [`${paint.yellow('NOT CHECKED')}, which is no pass:`, ...lines].join('\n');
}

/** `3 functions: 1 high, 2 low; 1 ignored; 2 not checked`. */
function summaryLine({functions, findings, notChecked}: AuditResult, paint: Paint): string {
  const open = findings.filter(({suppressed}) => suppressed === null);
  const counts = severities
    .map(severity => ({severity, count: open.filter(finding => finding.severity === severity).length}))
    .filter(({count}) => count > 0)
    .map(({severity, count}) => `${count} ${severity}`);
  const ignored = findings.length - open.length;
  const parts = [
    counts.length === 0 ? paint.green('no findings') : counts.join(', '),
    ...(ignored === 0 ? [] : [`${ignored} ignored`]),
    ...(notChecked.length === 0 ? [] : [`${notChecked.length} not checked`]),
  ];
  return `${paint.bold(functions === 1 ? '1 function' : `${functions} functions`)}: ${parts.join('; ')}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
