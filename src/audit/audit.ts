import {entry} from '../model/entry.ts';
import type {Finding, NotChecked} from '../model/finding.ts';
import {type Severity, severities} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import type {MeasuredStarts} from '../model/measured-starts.ts';
import type {Origin} from '../model/origin.ts';
import {isUnresolved} from '../model/resolvable.ts';
import {type AccessMap, accessMap} from './access-map.ts';
import {type AnyRule, type Detection, groupOf, type RuleContext, type Unknown} from './define-rule.ts';
import {fingerprint} from './fingerprint.ts';
import {type PackageContents, packageContents} from './package-contents.ts';
import {suppress} from './suppress.ts';
import {originOfWhole, subjectsOf, type Visit} from './walk.ts';

export interface AuditResult {
  /** How many functions were looked at. */
  readonly functions: number;
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
  /** What shows to no rule what it is about; it is said, and keeps no gate closed. Absent where there is nothing. */
  readonly notJudged?: readonly NotChecked[];
  /** What was audited: a file as the user gave it, or `account/region`. */
  readonly sources: readonly string[];
  /** One for each source, where they were asked for. */
  readonly maps?: readonly AccessMap[];
  /** How functions started, where that was measured. */
  readonly starts?: readonly FunctionStarts[];
  /** What is in the packages, where that was asked for. */
  readonly packages?: readonly PackageContents[];
}

export interface FunctionStarts {
  /** One of the sources. */
  readonly source: string;
  readonly function: string;
  readonly starts: MeasuredStarts;
}

export interface AuditOptions {
  /** `2026-11-21`: decides which runtimes are deprecated and which ignores have run out. */
  readonly today: string;
  /** The ids of all rules, when only some of them run: an ignore may name any. */
  readonly knownRules?: readonly string[];
  /** By rule; they take the place of the rule's own. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Whether what is not judged counts as not checked. */
  readonly strict?: boolean;
  /** For a report that draws them. */
  readonly withMaps?: boolean;
  /** For a report that says what is in packages. */
  readonly withPackages?: boolean;
}

/** Every rule over everything it is about. A rule that fails is reported as not checked, and the others go on. */
export function audit(
  inventory: Inventory,
  rules: readonly AnyRule[],
  {
    today,
    knownRules = rules.map(({id}) => id),
    severities: overrides = {},
    strict = false,
    withMaps = false,
    withPackages = false,
  }: AuditOptions,
): AuditResult {
  const answers = rules.flatMap(rule => run(rule, {inventory, today, knownRules}));
  const found = answers.flatMap(answer => ('finding' in answer ? [overridden(answer.finding, overrides)] : []));
  const unknown = answers.flatMap(answer => ('notChecked' in answer ? [answer.notChecked] : []));
  const groups = new Set(rules.map(rule => groupOf(rule.id)));
  const ids = new Set(rules.map(({id}) => id));
  const isAbout = ({rule}: NotChecked) =>
    rule === '*' || (rule.endsWith('/*') ? groups.has(groupOf(rule)) : ids.has(rule));
  const unread = inventory.unread.filter(isAbout);
  const notJudged = (inventory.notJudged ?? []).filter(isAbout);
  return {
    functions: inventory.functions.length,
    findings: suppress(inOrder(once(found)), inventory.ignores, today),
    notChecked: distinct([...unread, ...unknown, ...(strict ? notJudged : [])]),
    ...(strict || notJudged.length === 0 ? {} : {notJudged: distinct(notJudged)}),
    sources: [sourceOf(inventory)],
    ...startsIn(inventory),
    ...(withPackages ? {packages: packageContents(inventory, sourceOf(inventory))} : {}),
    ...(withMaps ? {maps: [accessMap(inventory, sourceOf(inventory))]} : {}),
  };
}

function overridden(finding: Finding, overrides: Readonly<Record<string, Severity>>): Finding {
  return {...finding, severity: overrides[finding.rule] ?? finding.severity};
}

function sourceOf({source}: Inventory): string {
  return source.kind === 'account' ? `${source.account}/${source.region}` : source.file;
}

function startsIn(inventory: Inventory): Pick<AuditResult, 'starts'> {
  if (inventory.functions.every(({starts}) => starts === undefined)) return {};
  const source = sourceOf(inventory);
  const starts = inventory.functions.flatMap(({name, starts: own}) =>
    own === undefined || isUnresolved(own) ? [] : [{source, function: name, starts: own}],
  );
  return {starts: starts.sort((a, b) => compare(a.function, b.function))};
}

/** Several files, or a file and an account, as one result. */
export function combine(results: readonly AuditResult[]): AuditResult {
  const findings = results.flatMap(result => result.findings);
  const notJudged = distinct(results.flatMap(result => result.notJudged ?? []));
  return {
    functions: results.reduce((sum, result) => sum + result.functions, 0),
    // What is wrong in a gear.yaml that is about several templates is wrong once.
    findings: inOrder([
      ...new Map(findings.map(found => [`${found.fingerprint} ${place(found.origin)}`, found])).values(),
    ]),
    notChecked: distinct(results.flatMap(result => result.notChecked)),
    ...(notJudged.length === 0 ? {} : {notJudged}),
    sources: [...new Set(results.flatMap(result => result.sources))],
    maps: results.flatMap(result => result.maps ?? []),
    ...(results.some(({packages}) => packages !== undefined)
      ? {packages: results.flatMap(({packages = []}) => packages)}
      : {}),
    ...(results.some(({starts}) => starts !== undefined) ? {starts: results.flatMap(({starts = []}) => starts)} : {}),
  };
}

type Outcome = {readonly finding: Finding} | {readonly notChecked: NotChecked};

function run(rule: AnyRule, whole: Omit<RuleContext, 'policy'>): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const {subject, resource, fn, origin, policy} of visits(rule, whole.inventory, outcomes)) {
    const context: RuleContext = {...whole, ...(policy === undefined ? {} : {policy})};
    const notChecked = (reason: string, at: Origin = origin, of: string = resource) => ({
      notChecked: {rule: rule.id, resource: of, reason, origin: at},
    });
    try {
      // The walk hands a rule what its subject says; TypeScript cannot tie the two across a union of rules.
      for (const answer of (rule.check as AnyCheck)(subject, context))
        outcomes.push(
          'unknown' in answer
            ? notChecked(answer.unknown, answer.origin, answer.resource)
            : {finding: asFinding(rule, answer, {resource, fn, origin}, whole.inventory)},
        );
    } catch (error) {
      outcomes.push(notChecked(`the rule failed: ${(error as Error).message}`));
    }
  }
  return outcomes;
}

/** Finding what a rule is about may fail too, and must not cost the other rules their turn. */
function visits(rule: AnyRule, inventory: Inventory, outcomes: Outcome[]): readonly Visit[] {
  try {
    return subjectsOf(rule.subject, inventory);
  } catch (error) {
    const reason = `the rule failed: ${(error as Error).message}`;
    outcomes.push({notChecked: {rule: rule.id, resource: '', reason, origin: originOfWhole(inventory)}});
    return [];
  }
}

type AnyCheck = (subject: unknown, context: RuleContext) => Iterable<Detection | Unknown>;

function asFinding(
  rule: AnyRule,
  detection: Detection,
  subject: {resource: string; fn: string | null; origin: Origin},
  {constructs = {}}: Inventory,
): Finding {
  const resource = detection.resource ?? subject.resource;
  const construct = entry(constructs, resource);
  const fn = detection.function === undefined ? subject.fn : detection.function;
  return {
    rule: rule.id,
    severity: detection.severity ?? rule.severity,
    message: detection.message,
    function: fn,
    resource,
    ...(construct === undefined ? {} : {construct}),
    origin: detection.origin ?? subject.origin,
    evidence: detection.evidence,
    remedy: detection.remedy ?? rule.remedy,
    fingerprint: fingerprint(rule.id, resource, detection),
    suppressed: null,
    known: false,
  };
}

/** Two statements may say the same; the worse of the two stays. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const before = kept.get(finding.fingerprint);
    if (before === undefined || rank(finding) < rank(before)) kept.set(finding.fingerprint, finding);
  }
  return [...kept.values()];
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compare(place(a.origin), place(b.origin)) ||
      compare(a.rule, b.rule) ||
      compare(a.fingerprint, b.fingerprint),
  );
}

function rank({severity}: Finding): number {
  return severities.indexOf(severity);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function place(origin: Origin): string {
  if ('arn' in origin) return origin.arn;
  if ('address' in origin) return `${origin.file}\0${origin.address}`;
  return `${origin.file}\0${String(origin.line).padStart(7, '0')}\0${String(origin.column).padStart(5, '0')}`;
}

function fileOf(origin: Origin): string {
  return 'arn' in origin ? '' : origin.file;
}

function distinct(notChecked: readonly NotChecked[]): readonly NotChecked[] {
  const seen = new Map(
    notChecked.map(entry => [`${entry.rule}\0${entry.resource}\0${entry.reason}\0${fileOf(entry.origin)}`, entry]),
  );
  return [...seen.values()];
}
