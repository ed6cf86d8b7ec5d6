import {Args, Flags} from '@oclif/core';
import type {AuditResult} from '../audit/audit.ts';
import type {TemplatesAudit} from '../audit/audit-templates.ts';
import type {AnyRule} from '../audit/define-rule.ts';
import {exitCodes, GearError} from '../errors.ts';
import {isOpen, reaches, type Severity, severities} from '../model/finding.ts';
import type {CiKind} from '../scaffold/ci-gate.ts';
import {printable} from '../terminal/printable.ts';
import {accountFlagIn, auditAccountFlags} from './audit-account-flags.ts';
import {baselineFlags, withBaseline} from './audit-baseline.ts';
import {fixFlags, writeFixes} from './audit-fix.ts';
import {type FormatName, outputFlags, pathFrom, printReport, readOutputs, writeOutputs} from './audit-outputs.ts';
import {asStageFlag, parameterFlag, readParameters} from './flags.ts';
import {GearCommand} from './gear-command.ts';
import {gateText, initCi, initCiFlag} from './init-ci.ts';
import {chooseRules, ruleChoiceFlags, unknownRule} from './rule-choice.ts';

export const auditExitCodes =
  'Exit codes: 0 nothing at or above the threshold, 1 findings, 2 a template or an account could not be read, 3 nothing bad was found but something could not be checked, with --strict also where code could not be judged.';

/** What `gear audit` and `gear audit GROUP` have in common. */
export abstract class AuditCommand extends GearCommand {
  static override strict = false;

  static override usage = '<%= command.id %> [PATH...]';

  static override args = {
    path: Args.string({
      description: 'Templates and serverless.yml, or folders with them; otherwise those of this project',
    }),
  };

  static override flags = {
    ...outputFlags,
    'fail-on': Flags.string({
      description: 'The least severity that makes the command fail',
      options: severities.filter(severity => severity !== 'info'),
      default: 'low',
    }),
    strict: Flags.boolean({
      description:
        'Let code that shows no rule what it does, such as a bundle without a source map, end in exit code 3',
    }),
    ...ruleChoiceFlags,
    ...baselineFlags,
    ...fixFlags,
    parameter: parameterFlag,
    stage: asStageFlag(
      'Audit the templates with the parameters that gear.yaml gives to a stage; of serverless.yml, its stage',
    ),
    'init-ci': initCiFlag,
    explain: Flags.string({description: 'Print what a rule is about, and audit nothing', helpValue: 'RULE'}),
    ...auditAccountFlags,
  };

  /** The rules that it runs. */
  protected abstract rulesOf(all: readonly AnyRule[]): readonly AnyRule[];

  async run(): Promise<void> {
    const {flags, argv} = await this.parse(options);
    this.#asJson = flags.format === 'json';
    if (flags.json && flags.format !== 'json' && this.argv.some(word => word.startsWith('--format')))
      throw new GearError(`--json and --format ${flags.format} ask for two results on one standard output`, {
        code: 'USAGE',
        suggestions: [`--format ${flags.format} --output json:FILE`],
      });
    const outputs = readOutputs(flags.output);
    const {rules: all} = await import('../audit/rules/index.ts');
    if (flags.explain !== undefined) return this.#explain(flags.explain, all);
    const rules = chooseRules(this.rulesOf(all), flags);
    if (flags['init-ci'] !== undefined) return this.#initCi(flags['init-ci'], argv.map(String), flags);
    const knownRules = all.map(({id}) => id);
    const paths = argv.map(String);
    if (paths.includes(''))
      throw new GearError('A path is empty', {
        code: 'USAGE',
        suggestions: ['gear audit . for all services below here'],
      });
    const ofAccount = accountFlagIn(flags);
    if (ofAccount !== undefined && paths.length > 0)
      throw new GearError(`${paths[0]} is a template, and --${ofAccount} is about an account: audit one of them`, {
        code: 'USAGE',
      });
    if (ofAccount !== undefined && flags.parameter !== undefined)
      throw new GearError(`--parameter is about a template, and --${ofAccount} about an account`, {code: 'USAGE'});
    if (ofAccount !== undefined && flags.stage !== undefined)
      throw new GearError(`--stage is about a template, and --${ofAccount} about an account`, {code: 'USAGE'});
    const today = new Date().toISOString().slice(0, 10);
    const withMaps = [flags.format, ...outputs.map(({format}) => format)].includes('html');
    if (ofAccount !== undefined) {
      const {auditAccounts} = await import('./audit-account.ts');
      const {version} = this.config;
      const announce = (line: string) =>
        this.json || flags.format !== 'text' ? this.note(line) : process.stdout.write(printable(`${line}\n\n`));
      const note = (text: string) => this.note(text);
      const aboutSize = rules.every(({id}) => id.startsWith('size/'));
      const audited = await auditAccounts(flags, rules, {
        aboutSize,
        strict: flags.strict,
        today,
        knownRules,
        withMaps,
        withPackages: flags.packages,
        version,
        announce,
        note,
        progress: !this.json,
      });
      return this.#conclude(audited, rules, {...flags, outputs});
    }
    const {auditTemplates} = await import('../audit/audit-templates.ts');
    const parameters = readParameters(flags.parameter ?? []);
    const fix = flags.fix ? {fix: {unsafe: flags.unsafe, allRules: all}} : {};
    const {deployedWith} = await import('./deployed-with.ts');
    const deployed = deployedWith(flags.stage);
    const settings = {
      parameters,
      deployedWith: deployed.of,
      strict: flags.strict,
      today,
      knownRules,
      withMaps,
      withPackages: flags.packages,
      ...fix,
    };
    const audited = await auditTemplates(await orProject(paths), rules, settings);
    deployed.requireStage();
    if (!flags['dry-run']) writeFixes(audited.fixes ?? []);
    await this.#conclude(audited, rules, {...flags, outputs});
  }

  #asJson = false;

  protected override get json(): boolean {
    return this.#asJson || super.json || /(^| )--format[= ]json( |$)/.test(this.argv.join(' '));
  }

  async #conclude(
    {result: found, notRead, failures, refused = [], fixes = []}: TemplatesAudit,
    rules: readonly AnyRule[],
    flags: ConcludeFlags,
  ) {
    for (const failure of failures)
      this.note([`Error: ${failure.message}`, ...failure.suggestions.map(text => `  Try: ${text}`)].join('\n'));
    const {repositoryRoot} = await import('../project/repository.ts');
    const {result, gone} = await withBaseline({...found, notChecked: [...found.notChecked, ...notRead]}, flags, {
      rules: rules.map(({id}) => id),
      note: text => this.note(text),
    });
    const failOn = flags['fail-on'] as Severity;
    const report = {
      result: {...result, notChecked: found.notChecked},
      notRead,
      refused,
      rules,
      failOn,
      baseline: flags.baseline !== undefined,
      gone,
      ...(flags.fix ? {fixes} : {}),
      version: this.config.version,
      pathOf: pathFrom(repositoryRoot('.') ?? '.'),
    };
    await writeOutputs(flags.outputs, report);
    await this.#showFixes(fixes, flags);
    for (const piece of await printReport(this.json ? 'json' : flags.format, report))
      process.stdout.write(printable(piece));
    process.stdout.write('\n');
    process.exitCode = exitCodeOf(report.result, failOn, failures.length > 0);
  }

  /** Beside a report for machines they are notes. */
  async #showFixes(fixes: NonNullable<TemplatesAudit['fixes']>, flags: ConcludeFlags): Promise<void> {
    const isText = flags.format === 'text' && !this.json;
    const {fixesText} = await import('../report/findings/fixes.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    const text = fixesText(fixes, {
      paint: paintFor(isText ? 'stdout' : 'stderr'),
      columns: isText && process.stdout.isTTY ? process.stdout.columns : undefined,
      dryRun: flags['dry-run'],
    });
    if (text === '') return;
    if (isText) process.stdout.write(printable(`${text}\n\n`));
    else this.note(text);
  }

  async #initCi(kind: CiKind, paths: readonly string[], flags: Readonly<Record<string, unknown>>): Promise<void> {
    const command = (this.id || 'audit').replaceAll(':', ' ');
    const gate = await initCi(kind, {command, paths, flags, version: this.config.version});
    this.result(gate, () => gateText(gate));
  }

  async #explain(id: string, rules: readonly AnyRule[]): Promise<void> {
    const rule = rules.find(candidate => candidate.id === id);
    if (rule === undefined)
      throw unknownRule(
        id,
        rules.map(known => known.id),
      );
    const {ruleText} = await import('../report/findings/rule.ts');
    const {paintFor} = await import('../terminal/paint.ts');
    const {check: _, ...page} = rule;
    this.result(page, () => ruleText(rule, paintFor('stdout')));
  }
}

/** oclif takes the statics of a command itself only, not those that it inherits. */
const options = {
  args: AuditCommand.args,
  flags: AuditCommand.flags,
  baseFlags: AuditCommand.baseFlags,
  strict: AuditCommand.strict,
};

interface ConcludeFlags {
  readonly format: FormatName;
  readonly outputs: ReturnType<typeof readOutputs>;
  readonly 'fail-on': string;
  readonly baseline: string | undefined;
  readonly 'update-baseline': boolean;
  readonly fix: boolean;
  readonly 'dry-run': boolean;
}

function exitCodeOf({findings, notChecked}: AuditResult, failOn: Severity, failed: boolean): number {
  if (failed) return exitCodes.failed;
  if (findings.some(finding => isOpen(finding) && reaches(finding.severity, failOn))) return exitCodes.findings;
  return notChecked.length > 0 ? exitCodes.incomplete : exitCodes.ok;
}

async function orProject(paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length > 0) return paths;
  const {readProject} = await import('../project/read-project.ts');
  const {findService} = await import('../inventory/find-templates.ts');
  const {relative} = await import('node:path');
  try {
    return [relative(process.cwd(), readProject('.').template)];
  } catch (error) {
    const service = findService('.');
    if (!(error instanceof GearError) || error.code !== 'NO_TEMPLATE') throw error;
    if (service !== undefined) return [service];
    throw new GearError('This folder has no template.yaml, no serverless.yml and no gear.yaml that names one', {
      code: 'NO_TEMPLATE',
      suggestions: ['gear audit . for all services in the folders below', 'gear audit PATH, of a template or a plan'],
    });
  }
}
