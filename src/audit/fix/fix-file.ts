import {readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {GearError} from '../../errors.ts';
import {isServerlessFile} from '../../inventory/is-serverless-file.ts';
import {readTemplateInventory} from '../../inventory/read-template-inventory.ts';
import {isOpen} from '../../model/finding.ts';
import type {Inventory} from '../../model/inventory.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import {readAuditSettings} from '../../project/audit-settings.ts';
import type {AuditSettings} from '../../project/parse-audit-settings.ts';
import {auditWithSettings, type WithSettings} from '../audit-with-settings.ts';
import type {AnyRule} from '../define-rule.ts';
import type {Fixer} from './fix.ts';
import {type Fixed, fixTemplate, type NotFixed} from './fix-template.ts';

export interface FixChoice {
  readonly unsafe: boolean;
  /** Every rule there is: a fix may bring no finding of those that do not run either. */
  readonly allRules: readonly AnyRule[];
}

/** A file as it was read and as it would be written. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly fixed: readonly Fixed[];
  readonly notFixed: readonly NotFixed[];
}

interface Fixing {
  /** Those that run. */
  readonly rules: readonly AnyRule[];
  readonly options: WithSettings & {readonly knownRules: readonly string[]};
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
}

interface Reading {
  /** Of CloudFormation and SAM. */
  readonly template?: PlacedTemplate;
  readonly inventory: Inventory;
}

/** Writes nothing; the inventory is that of the fixed text. */
export async function fixFile(
  file: string,
  {template: original, inventory}: Reading,
  {unsafe, allRules}: FixChoice,
  {rules, options, parameters}: Fixing,
): Promise<{readonly inventory: Inventory; readonly fixed: FixedFile}> {
  const settings = await settingsOf(file, options.knownRules);
  const found = original === undefined ? await readEditable(file, parameters) : ofTemplate(original, file, parameters);
  if (settings === undefined || typeof found === 'string') {
    const {findings} = auditWithSettings(inventory, settings ?? {ignores: [], severities: {}}, rules, options);
    const reason = typeof found === 'string' ? found : 'its gear.yaml cannot be read';
    const notFixed = findings.filter(isOpen).map(finding => ({finding, reason}));
    return {inventory, fixed: {file, before: '', after: '', fixed: [], notFixed}};
  }
  const {read, parsed, fixerOf} = found;
  const {template, fixed, notFixed} = await fixTemplate(parsed, {
    unsafe,
    rules: rules.map(({id}) => id),
    ...(fixerOf === undefined ? {} : {fixerOf}),
    audit: async edited => {
      const inventory = await read(edited);
      return {inventory, result: auditWithSettings(inventory, settings, allRules, options)};
    },
  });
  return {
    inventory: await read(template),
    fixed: {file, before: parsed.text, after: template.text, fixed, notFixed},
  };
}

interface Editable {
  readonly parsed: Template;
  readonly fixerOf?: (rule: string) => Fixer | undefined;
  read(edited: Template): Promise<Inventory>;
}

function ofTemplate({text}: PlacedTemplate, file: string, parameters: Fixing['parameters']): Editable | string {
  return editable(() => ({
    parsed: parseTemplate(text, file, {duplicateKeys: 'last'}),
    read: edited => readTemplateInventory(edited, {parameters}),
  }));
}

/** Or why it is not edited. */
async function readEditable(file: string, parameters: Fixing['parameters']): Promise<Editable | string> {
  if (!isServerlessFile(file)) return 'gear edits templates and serverless.yml only, not what was generated';
  const {readServerlessInventory} = await import('../../inventory/read-serverless-inventory.ts');
  const {fixerOfService} = await import('./serverless/fixer-of-service.ts');
  return editable(() => ({
    parsed: parseTemplate(readFileSync(file, 'utf8'), file),
    fixerOf: fixerOfService,
    read: async ({text}) => (await readServerlessInventory(file, {parameters, text})).inventory,
  }));
}

function editable(parse: () => Editable): Editable | string {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof GearError)) throw error;
    // What others read and CloudFormation does not: anchors above all, of which one stands for several places.
    const why = /^(.*:\d+): .*: CloudFormation has (no .*)$/.exec(error.message);
    return why === null
      ? `gear does not edit it: ${error.message}`
      : `gear edits files with ${why[2]!.replace(' and ', ' or ')} only, and one stands at ${why[1]}`;
  }
}

/** The audit reports settings that cannot be read. */
async function settingsOf(file: string, knownRules: readonly string[]): Promise<AuditSettings | undefined> {
  try {
    return await readAuditSettings(dirname(file), knownRules);
  } catch (error) {
    if (error instanceof GearError) return undefined;
    throw error;
  }
}
