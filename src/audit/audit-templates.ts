import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {readTemplate as readCloudFormationTemplate} from '../cloudformation/read-template.ts';
import {describeFileError, GearError} from '../errors.ts';
import {bugInReading} from '../inventory/bug-in-reading.ts';
import {isCdkApp} from '../inventory/cloud-assembly.ts';
import {decodeText, isUtf16} from '../inventory/decode-text.ts';
import {findTemplates, noTemplateAt} from '../inventory/find-templates.ts';
import {isServerlessFile} from '../inventory/is-serverless-file.ts';
import {readTemplateInventory} from '../inventory/read-template-inventory.ts';
import {isTerraformJson, refuseOtherTerraform} from '../inventory/terraform/show-output.ts';
import type {NotChecked} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import type {NestedTemplate} from '../model/nested-template.ts';
import type {Resolvable} from '../model/resolvable.ts';
import {readAuditSettings} from '../project/audit-settings.ts';
import {type AuditResult, combine} from './audit.ts';
import {auditWithSettings, type WithSettings} from './audit-with-settings.ts';
import type {AnyRule} from './define-rule.ts';
import type {FixChoice, FixedFile} from './fix/fix-file.ts';

export interface TemplatesAudit {
  readonly result: AuditResult;
  /** The same failures as entries of a report. */
  readonly notRead: readonly NotChecked[];
  /** Paths and templates that could not be read, and parameters that none has; the others were audited. */
  readonly failures: readonly GearError[];
  /** Those of the failures that are about no input, as sentences. */
  readonly refused?: readonly string[];
  /** Where fixes were asked for: `result` is that of the fixed texts, of which none is written yet. */
  readonly fixes?: readonly FixedFile[];
}

interface TemplatesOptions extends WithSettings {
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  /** For each template, what a deployment takes from its gear.yaml where `parameters` says nothing. */
  deployedWith?(template: string): Readonly<Record<string, Resolvable<string>>>;
  readonly fix?: FixChoice;
}

/** `paths` are files and folders, as the user gave them. */
export async function auditTemplates(
  paths: readonly string[],
  rules: readonly AnyRule[],
  {parameters, deployedWith, fix, ...options}: TemplatesOptions,
): Promise<TemplatesAudit> {
  const {knownRules = rules.map(({id}) => id), withPackages: zipped = false} = options;
  const failures: GearError[] = [];
  const notRead: NotChecked[] = [];
  const attempt = async <T>(path: string, read: () => Promise<T>): Promise<readonly T[]> => {
    try {
      return [await read()];
    } catch (caught) {
      const described = describeFileError(caught);
      const error = described instanceof GearError ? described : bugInReading(path, described);
      failures.push(error);
      notRead.push(unread(path, error));
      return [];
    }
  };
  const files = new Set<string>();
  for (const path of paths)
    for (const found of await attempt(path, async () => findTemplates(path))) for (const file of found) files.add(file);
  const known = new Set<string>();
  const results = new Map<string, AuditResult>();
  const fixes: FixedFile[] = [];
  const nestedResults = new Map<string, AuditResult[]>();
  const auditInventory = async (file: string, inventory: Inventory, within: readonly string[]) => {
    const loops = loopsOf(inventory, within);
    const read = {...inventory, unread: [...inventory.unread, ...loops.map(nested => nestsItself(file, nested))]};
    const [settings] = await attempt(file, () => readAuditSettings(dirname(file), knownRules));
    for (const nested of inventory.nested ?? [])
      if (!loops.includes(nested))
        for (const {inventory: inner} of await attempt(nested.file, () => readNested(nested, zipped)))
          for (const result of await auditInventory(nested.file, inner, [...within, nested.file]))
            nestedResults.set(nested.file, [...(nestedResults.get(nested.file) ?? []), result]);
    return settings === undefined ? [] : [auditWithSettings(read, settings, rules, options)];
  };
  for (const file of files)
    for (const given of await attempt(file, async () => ({...deployedWith?.(file), ...parameters})))
      for (const read of await attempt(file, () => readTemplate(file, {parameters: given, zipped}))) {
        const own = [...read.parameters];
        const stranger = Object.keys(given).find(name => !(name in parameters) && !own.includes(name));
        if (stranger !== undefined) failures.push(strangeSetting(file, stranger));
        for (const name of own) known.add(name);
        let {inventory} = read;
        if (fix !== undefined) {
          const {fixFile} = await import('./fix/fix-file.ts');
          const fixed = await fixFile(file, read, fix, {rules, options: {...options, knownRules}, parameters: given});
          fixes.push(fixed.fixed);
          ({inventory} = fixed);
        }
        for (const all of await attempt(file, () => auditInventory(file, inventory, [file])))
          for (const result of all) results.set(file, result);
      }
  // A misspelt parameter would leave the real one at its default without a word.
  const strangers = results.size === 0 ? [] : Object.keys(parameters).filter(given => !known.has(given));
  const refused = strangers.map(name => `No template has a parameter ${name}`);
  for (const what of refused) failures.push(new GearError(what, {code: 'UNKNOWN_PARAMETER'}));
  // A template that is nested is what its parent makes of it, also where a folder has both.
  const byFile = [...new Set([...results.keys(), ...nestedResults.keys()])].flatMap(
    file => nestedResults.get(file) ?? results.get(file)!,
  );
  return {result: combine(byFile), notRead, failures, refused, fixes};
}

/** A deployment refuses it as well. */
function strangeSetting(file: string, name: string): GearError {
  return new GearError(`${file} has no parameter ${name}, which gear.yaml gives to it`, {code: 'UNKNOWN_PARAMETER'});
}

function loopsOf({nested = []}: Inventory, within: readonly string[]): readonly NestedTemplate[] {
  const open = new Set(within.map(file => resolve(file)));
  return nested.filter(({file}) => open.has(resolve(file)) || within.length > deepest);
}

/** CloudFormation knows no limit, and nobody nests that deep. */
const deepest = 10;

function nestsItself(file: string, nested: NestedTemplate): NotChecked {
  const reason = `${nested.file} is nested in itself, or too deeply`;
  return {rule: '*', resource: '', reason, origin: {file, line: 1, column: 1}};
}

interface TemplateReading {
  /** Of CloudFormation and SAM. */
  readonly template?: PlacedTemplate;
  readonly inventory: Inventory;
  /** What `--parameter` can give it. */
  readonly parameters: Iterable<string>;
}

interface Reading {
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  readonly zipped: boolean;
}

async function readTemplate(file: string, reading: Reading): Promise<TemplateReading> {
  if (!existsSync(file)) throw noTemplateAt(file);
  if (isServerlessFile(file)) {
    const {readServerlessInventory} = await import('../inventory/read-serverless-inventory.ts');
    return readServerlessInventory(file, reading);
  }
  if (isCdkApp(file))
    throw new GearError(`${file} is of a CDK app that has not been synthesised`, {
      code: 'NOT_SYNTHESISED',
      suggestions: ['cdk synth, then the same again'],
    });
  if (statSync(file).isDirectory()) {
    // One that cannot be searched says so itself.
    readdirSync(file);
    throw new GearError(`${file} is a folder, and a template was expected there`, {code: 'NO_TEMPLATE'});
  }
  const bytes = readFileSync(file);
  refuseOtherTerraform(file, bytes);
  const text = decodeText(bytes);
  if (isTerraformJson(text)) {
    const {readTerraformInventory} = await import('../inventory/read-terraform-inventory.ts');
    return {inventory: await readTerraformInventory(text, file, reading), parameters: []};
  }
  if (isUtf16(bytes))
    throw new GearError(`${file} is UTF-16, and CloudFormation takes UTF-8`, {code: 'TEMPLATE_UNREADABLE'});
  return readCloudFormation(file, bytes.toString('utf8'), reading);
}

async function readNested({file, parameters}: NestedTemplate, zipped: boolean): Promise<TemplateReading> {
  return readCloudFormation(file, readFileSync(file, 'utf8'), {parameters, zipped});
}

async function readCloudFormation(file: string, text: string, reading: Reading): Promise<TemplateReading> {
  const template = await readCloudFormationTemplate(text, file, {aliases: 'followed'});
  const {Resources: resources, Parameters: declared} = template.body;
  // Any YAML is a mapping sooner or later; one without resources would pass every rule.
  if (typeof resources !== 'object' || resources === null)
    throw new GearError(`${file} is no template: it has no Resources section`, {code: 'TEMPLATE_UNREADABLE'});
  return {
    template,
    inventory: await readTemplateInventory(template, reading),
    parameters: Object.keys(declared ?? {}),
  };
}

function unread(path: string, {message}: GearError): NotChecked {
  const at = `${path}:`;
  const [, line, reason] = (message.startsWith(at) && /^(\d+): (.*)$/s.exec(message.slice(at.length))) || [];
  return {
    rule: '*',
    resource: path,
    reason: reason ?? message,
    origin: {file: path, line: Number(line ?? 1), column: 1},
  };
}
