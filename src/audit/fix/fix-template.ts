import type {Template} from '../../cloudformation/parse.ts';
import {GearError} from '../../errors.ts';
import {type Finding, isOpen} from '../../model/finding.ts';
import type {Inventory} from '../../model/inventory.ts';
import type {AuditResult} from '../audit.ts';
import {applyFix} from './apply-fix.ts';
import type {CannotFix, Fix, FixContext, Fixer} from './fix.ts';
import {fixers} from './fixers.ts';

export interface Fixed {
  readonly finding: Finding;
  readonly fix: Fix;
  /** The whole text. */
  readonly before: string;
  readonly after: string;
}

export interface NotFixed {
  readonly finding: Finding;
  readonly reason: string;
  /** What `--unsafe` would do, and what it assumes; absent where there is no fix. */
  readonly unsafe?: Fix;
}

export interface FixedTemplate {
  readonly template: Template;
  readonly fixed: readonly Fixed[];
  readonly notFixed: readonly NotFixed[];
}

export interface Audited {
  readonly inventory: Inventory;
  readonly result: AuditResult;
}

interface FixOptions {
  readonly unsafe: boolean;
  /** The ids of the rules whose findings are to be fixed. */
  readonly rules: readonly string[];
  /** Of another kind of file than a template. */
  fixerOf?(rule: string): Fixer | undefined;
  /** By all rules, so that no fix of one brings a finding of another. */
  audit(template: Template): Promise<Audited>;
}

/**
 * One fix after the other, each kept only when the audit of its result has lost the finding and gained nothing. What
 * is suppressed is left alone.
 */
export async function fixTemplate(original: Template, options: FixOptions): Promise<FixedTemplate> {
  const {unsafe, rules, audit, fixerOf = rule => fixers[rule]} = options;
  let template = original;
  let audited = await audit(template);
  const tried = new Set<string>();
  const fixed: Fixed[] = [];
  const notFixed: NotFixed[] = [];
  const untried = () =>
    audited.result.findings.find(
      finding => isOpen(finding) && rules.includes(finding.rule) && !tried.has(finding.fingerprint),
    );
  for (let finding = untried(); finding !== undefined; finding = untried()) {
    tried.add(finding.fingerprint);
    const fix = fixOf(finding, fixerOf(finding.rule), {template, inventory: audited.inventory});
    if ('cannot' in fix) notFixed.push({finding, reason: fix.cannot});
    else if (fix.assumes !== undefined && !unsafe) notFixed.push({finding, reason: 'it takes --unsafe', unsafe: fix});
    else {
      const outcome = await attempt(template, fix, finding, audited, audit);
      if ('reason' in outcome) notFixed.push({finding, reason: outcome.reason});
      else {
        fixed.push({finding, fix, before: template.text, after: outcome.template.text});
        ({template, audited} = outcome);
      }
    }
  }
  const left = new Set(audited.result.findings.map(({fingerprint}) => fingerprint));
  return {template, fixed, notFixed: notFixed.filter(({finding}) => left.has(finding.fingerprint))};
}

function fixOf(finding: Finding, fixer: Fixer | undefined, context: FixContext): Fix | CannotFix {
  if (fixer === undefined) return {cannot: 'it takes a decision that gear cannot make'};
  if (!('file' in finding.origin) || finding.origin.file !== context.template.file)
    return {cannot: `it does not stand in ${context.template.file}`};
  return fixer(finding, context);
}

type Outcome = {readonly template: Template; readonly audited: Audited} | {readonly reason: string};

async function attempt(
  template: Template,
  fix: Fix,
  finding: Finding,
  before: Audited,
  audit: FixOptions['audit'],
): Promise<Outcome> {
  try {
    const edited = applyFix(template, fix);
    const after = await audit(edited);
    if (after.result.findings.some(({fingerprint}) => fingerprint === finding.fingerprint))
      return {reason: 'the finding would stay after the fix'};
    const gained = gainedBy(before.result, after.result, fix);
    return gained === undefined ? {template: edited, audited: after} : {reason: gained};
  } catch (error) {
    if (error instanceof GearError) return {reason: error.message};
    throw error;
  }
}

/** A finding that turned into "not checked" is not fixed. */
function gainedBy(before: AuditResult, after: AuditResult, {leaves = []}: Fix): string | undefined {
  const known = new Set(before.findings.map(({fingerprint}) => fingerprint));
  const finding = after.findings.find(({rule, fingerprint}) => !known.has(fingerprint) && !leaves.includes(rule));
  if (finding !== undefined) return `the fix would bring ${finding.rule}: ${finding.message}`;
  const unknown = new Set(before.notChecked.map(({rule, resource, reason}) => `${rule} ${resource} ${reason}`));
  const entry = after.notChecked.find(({rule, resource, reason}) => !unknown.has(`${rule} ${resource} ${reason}`));
  return entry && `after the fix ${entry.rule} could not be checked on ${entry.resource}: ${entry.reason}`;
}
