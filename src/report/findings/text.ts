import type {AuditResult} from '../../audit/audit.ts';
import type {KnownFinding} from '../../audit/baseline.ts';
import type {AnyRule} from '../../audit/define-rule.ts';
import {type Finding, isOpen, type NotChecked, type Severity} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';
import {wrap} from '../wrap.ts';
import {excerpt} from './excerpt.ts';
import {packagesText} from './packages.ts';
import type {Paint} from './paint.ts';
import {startsText} from './starts.ts';
import {summaryLine} from './summary.ts';

export interface FindingsTextOptions {
  readonly paint: Paint;
  /** Of the terminal; absent where lines may be as long as they are. */
  readonly columns?: number | undefined;
  /** A file's lines, of which those are shown that offend. */
  source?(file: string): readonly string[] | undefined;
  /** Files that could not be read at all. */
  readonly notRead?: readonly NotChecked[];
  readonly refused?: readonly string[];
  /** Whether the report stands in a file; beside it on a terminal the errors have told why something was not read. */
  readonly alone?: boolean;
  readonly gone?: readonly KnownFinding[];
}

/**
 * For people: what, where, why it matters and what to do, one block for each rule and severity; then what could not be
 * checked, what was measured, and what packages hold; then one line that sums up.
 */
export function findingsText(result: AuditResult, rules: readonly AnyRule[], options: FindingsTextOptions): string {
  const open = result.findings.filter(isOpen);
  const blocks = [...groupBy(open, ({severity, rule}) => `${severity} ${rule}`).values()].map(findings =>
    block(findings, rules.find(({id}) => id === findings[0]!.rule)!, options),
  );
  const notChecked = result.notChecked.length === 0 ? [] : [notCheckedBlock(result.notChecked, options)];
  const notJudged = result.notJudged === undefined ? [] : [notJudgedBlock(result.notJudged, options)];
  const starts = result.starts === undefined ? [] : startsText(result.starts, options.paint);
  return [
    ...notReadBlock(options),
    ...blocks,
    ...notChecked,
    ...notJudged,
    ...starts,
    ...packagesText(result.packages ?? [], options),
    ...goneBlock(options),
    summaryLine(result, options),
  ].join('\n\n');
}

function notReadBlock({notRead = [], alone = false, paint, columns}: FindingsTextOptions): readonly string[] {
  if (!alone || notRead.length === 0) return [];
  const lines = notRead.map(({resource, reason}) => wrap('  ', `${resource}: ${reason}`, columns));
  return [[`${paint.red('NOT READ')}, so nothing in it was checked:`, ...lines].join('\n')];
}

/** Debts that were paid are taken out of the baseline, so that they cannot come back unseen. */
function goneBlock({gone = [], paint, columns}: FindingsTextOptions): readonly string[] {
  if (gone.length === 0) return [];
  const lines = gone.flatMap(({rule, resource, message, source}) => [
    wrap('  ', `${resource}: ${message}`, columns),
    `    ${paint.dim(`${source}  ${rule}`)}`,
  ]);
  return [
    [`${paint.green('GONE')} since the baseline was written; --update-baseline takes them out of it:`, ...lines].join(
      '\n',
    ),
  ];
}

function block(findings: readonly Finding[], rule: AnyRule, options: FindingsTextOptions): string {
  const {paint, columns} = options;
  const {severity, remedy} = findings[0]!;
  const title = `${paintSeverity(severity, paint)} ${paint.bold(rule.id)}: ${rule.title}`;
  const sameRemedy = findings.every(finding => finding.remedy === remedy);
  const places = groupBy(findings, finding => `${place(finding.origin)} ${owner(finding)} ${finding.remedy}`);
  const lines = [...places.values()].flatMap(atOnePlace => [
    ...atOnePlace.map(({message}) => wrap('  ', message, columns)),
    ...placeLines(atOnePlace, options),
    ...(sameRemedy ? [] : [wrap('    ', atOnePlace[0]!.remedy, columns)]),
  ]);
  const advice = [wrap('  Why: ', rule.why, columns), ...(sameRemedy ? [wrap('  Do:  ', remedy, columns)] : [])];
  return [title, ...lines, ...advice].join('\n');
}

function paintSeverity(severity: Severity, paint: Paint): string {
  const name = severity.toUpperCase();
  if (severity === 'critical' || severity === 'high') return paint.red(name);
  return severity === 'medium' || severity === 'low' ? paint.yellow(name) : paint.dim(name);
}

function placeLines(findings: readonly Finding[], {paint, source}: FindingsTextOptions): string[] {
  const {origin} = findings[0]!;
  const lines = 'line' in origin ? source?.(origin.file) : undefined;
  return [
    `    ${paint.dim(placeAndOwner(findings[0]!))}`,
    ...(lines === undefined
      ? []
      : excerpt(lines, findings).map(line => `      ${line.replace(/^ *\d+ \|/, number => paint.dim(number))}`)),
  ];
}

/** An address says already which resource it is. */
function placeAndOwner(finding: Finding): string {
  const {origin, resource} = finding;
  const repeated = 'address' in origin && origin.address === resource;
  return `${repeated ? origin.file : place(origin)}  ${owner(finding)}`.trimEnd();
}

function owner({resource, construct, function: fn}: Finding): string {
  if (construct !== undefined) return `${construct} (${resource})`;
  return fn === null || fn === resource ? resource : `${resource} (of ${fn})`;
}

function place(origin: Origin): string {
  if ('arn' in origin) return origin.arn;
  return 'line' in origin ? `${origin.file}:${origin.line}:${origin.column}` : `${origin.file}: ${origin.address}`;
}

/** The same reason at the same place is said once, with all the rules that it stopped. */
function notCheckedBlock(notChecked: readonly NotChecked[], {paint, columns}: FindingsTextOptions): string {
  const groups = groupBy(notChecked, ({resource, reason, origin}) => `${resource}\0${reason}\0${place(origin)}`);
  const lines = [...groups.values()].flatMap(entries => {
    const {resource, reason, origin} = entries[0]!;
    const rules = [...new Set(entries.map(({rule}) => rule))].filter(rule => rule !== '*');
    return [
      wrap('  ', `${resource === '' ? '' : `${resource}: `}${reason}`, columns),
      `    ${paint.dim([place(origin), rules.join(', ')].join('  ').trim())}`,
    ];
  });
  return [`${paint.yellow('NOT CHECKED')}, which is no pass:`, ...lines].join('\n');
}

/** Most bundles have one bundler: each reason is said once, with all the places that it holds for. */
function notJudgedBlock(notJudged: readonly NotChecked[], {paint, columns}: FindingsTextOptions): string {
  const lines = [...groupBy(notJudged, ({reason}) => reason)].flatMap(([reason, entries]) => [
    wrap('  ', reason, columns),
    ...new Set(entries.map(({resource, origin}) => `    ${paint.dim(`${place(origin)}  ${resource}`)}`)),
    wrap('    ', [...new Set(entries.map(({rule}) => rule))].join(', '), columns),
  ]);
  return ['NOT JUDGED, which fails nothing without --strict:', ...lines].join('\n');
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
