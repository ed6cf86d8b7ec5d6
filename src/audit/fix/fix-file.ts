import {dirname} from 'node:path';
import {parseTemplate} from '../../cloudformation/parse.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {GearError} from '../../errors.ts';
import {readTemplateInventory} from '../../inventory/read-template-inventory.ts';
import {isOpen} from '../../model/finding.ts';
import type {Inventory} from '../../model/inventory.ts';
import {readAuditSettings} from '../../project/audit-settings.ts';
import type {AuditSettings} from '../../project/parse-audit-settings.ts';
import {auditWithSettings, type WithSettings} from '../audit-with-settings.ts';
import type {AnyRule} from '../define-rule.ts';
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
  readonly parameters: Readonly<Record<string, string>>;
}

interface Reading {
  /** Of CloudFormation and SAM; gear edits nothing else. */
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
  if (settings === undefined || original === undefined) {
    const {findings} = auditWithSettings(inventory, settings ?? {ignores: [], severities: {}}, rules, options);
    const reason =
      settings === undefined ? 'its gear.yaml cannot be read' : 'gear edits CloudFormation and SAM templates only';
    const notFixed = findings.filter(isOpen).map(finding => ({finding, reason}));
    return {inventory, fixed: {file, before: '', after: '', fixed: [], notFixed}};
  }
  const {template, fixed, notFixed} = await fixTemplate(parseTemplate(original.text, file, {duplicateKeys: 'last'}), {
    unsafe,
    rules: rules.map(({id}) => id),
    audit: async edited => {
      const read = await readTemplateInventory(edited, {parameters});
      return {inventory: read, result: auditWithSettings(read, settings, allRules, options)};
    },
  });
  return {
    inventory: await readTemplateInventory(template, {parameters}),
    fixed: {file, before: original.text, after: template.text, fixed, notFixed},
  };
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
