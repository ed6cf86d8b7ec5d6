import {relative} from 'node:path';
import {Flags} from '@oclif/core';
import {exitCodes, GearError} from '../errors.ts';
import {counted} from '../model/counted.ts';
import {isOpen} from '../model/finding.ts';
import type {Resolvable} from '../model/resolvable.ts';
import type {Project} from '../project/read-project.ts';
import {paintFor} from '../terminal/paint.ts';
import {withBaseline} from './audit-baseline.ts';

const helpGroup = 'AUDIT';

export const auditGateFlags = {
  audit: Flags.boolean({
    description: 'Audit the template first, by what gear audit fails on; so it is but with --local',
    allowNo: true,
    helpGroup,
  }),
  baseline: Flags.string({
    description: 'Only findings that this file does not know yet keep from deploying',
    helpValue: 'FILE',
    helpGroup,
  }),
};

interface GateFlags {
  readonly audit?: boolean | undefined;
  readonly baseline?: string | undefined;
  readonly local: boolean;
  readonly hotswap?: boolean | undefined;
  readonly 'approve-plan'?: string | undefined;
}

/** Audits what goes to an account, unless it was reviewed before; `given` are the parameters of the command line. */
export async function auditFirst(
  project: Project,
  given: Readonly<Record<string, string>>,
  {audit, baseline, local, hotswap, 'approve-plan': planHash}: GateFlags,
  note: (text: string) => void,
): Promise<void> {
  if (audit ?? (!local && !hotswap && planHash === undefined)) {
    const {settledParameters} = await import('../project/output-reference.ts');
    const parameters = {...settledParameters(project), ...given};
    await auditGate({template: relative(process.cwd(), project.template), parameters, baseline, note});
  } else if (baseline !== undefined)
    throw new GearError('--baseline is the audit’s, and nothing is audited here', {
      code: 'USAGE',
      suggestions: ['--audit beside it', 'the same command without --baseline'],
    });
  else if (audit === false) note('Not audited, as --no-audit says');
}

interface GateOptions {
  readonly template: string;
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  readonly baseline?: string | undefined;
  note(text: string): void;
}

/** The same rules, settings and ignores as `gear audit` of the template. Throws GearError AUDIT_FAILED. */
export async function auditGate({template, parameters, baseline, note}: GateOptions): Promise<void> {
  const {auditTemplates} = await import('../audit/audit-templates.ts');
  const {rules} = await import('../audit/rules/index.ts');
  const knownRules = rules.map(({id}) => id);
  const today = new Date().toISOString().slice(0, 10);
  const {result: found, failures} = await auditTemplates([template], rules, {parameters, today, knownRules});
  if (failures[0] !== undefined) throw failures[0];
  const {result} = await withBaseline(found, {baseline}, {rules: knownRules, note});
  const open = result.findings.filter(finding => isOpen(finding) && finding.severity !== 'info');
  if (open.length === 0) {
    const {notChecked, notJudged = []} = result;
    const unseen = [
      ...(notChecked.length === 0 ? [] : [`, ${notChecked.length} not checked`]),
      ...(notJudged.length === 0 ? [] : [`, ${notJudged.length} not judged`]),
    ].join('');
    note(`Audited: no findings${unseen === '' ? '' : `${unseen}; gear audit tells what`}`);
    return;
  }
  const {findingsText} = await import('../report/findings/text.ts');
  const columns = process.stderr.isTTY ? process.stderr.columns : undefined;
  note(findingsText({...result, findings: open, notChecked: []}, rules, {paint: paintFor('stderr'), columns}));
  throw new GearError(`Nothing was deployed: the audit has ${counted(open.length, 'finding')}`, {
    code: 'AUDIT_FAILED',
    exit: exitCodes.findings,
    suggestions: [
      'gear audit --fix',
      'an ignore with its reason, or --baseline FILE',
      '--no-audit, to deploy all the same',
    ],
  });
}
