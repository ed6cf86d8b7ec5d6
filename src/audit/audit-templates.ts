import {readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {parseTemplate} from '../cloudformation/parse.ts';
import {describeFileError, GearError} from '../errors.ts';
import {findTemplates} from '../inventory/find-templates.ts';
import {isServerlessFile, readServerlessInventory} from '../inventory/read-serverless-inventory.ts';
import {readTemplateInventory} from '../inventory/read-template-inventory.ts';
import {readTerraformInventory} from '../inventory/read-terraform-inventory.ts';
import {isTerraformJson, refuseOtherTerraform} from '../inventory/terraform/show-output.ts';
import type {NotChecked} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import {readAuditSettings} from '../project/audit-settings.ts';
import {type AuditResult, combine} from './audit.ts';
import {auditWithSettings, type WithSettings} from './audit-with-settings.ts';
import type {AnyRule} from './define-rule.ts';

export interface TemplatesAudit {
  readonly result: AuditResult;
  /** The same failures as entries of a report. */
  readonly notRead: readonly NotChecked[];
  /** Paths and templates that could not be read; the others were audited. */
  readonly failures: readonly GearError[];
}

/** `paths` are files and folders, as the user gave them. */
export async function auditTemplates(
  paths: readonly string[],
  rules: readonly AnyRule[],
  {parameters, ...options}: WithSettings & {readonly parameters: Readonly<Record<string, string>>},
): Promise<TemplatesAudit> {
  const {knownRules = rules.map(({id}) => id)} = options;
  const failures: GearError[] = [];
  const notRead: NotChecked[] = [];
  const attempt = async <T>(path: string, read: () => Promise<T>): Promise<readonly T[]> => {
    try {
      return [await read()];
    } catch (caught) {
      const error = describeFileError(caught);
      if (!(error instanceof GearError)) throw error;
      failures.push(error);
      notRead.push(unread(path, error));
      return [];
    }
  };
  const files = new Set<string>();
  for (const path of paths)
    for (const found of await attempt(path, async () => findTemplates(path))) for (const file of found) files.add(file);
  const known = new Set<string>();
  const results: AuditResult[] = [];
  for (const file of files)
    for (const read of await attempt(file, () => readTemplate(file, parameters))) {
      for (const name of read.parameters) known.add(name);
      for (const settings of await attempt(file, async () => readAuditSettings(dirname(file), knownRules)))
        results.push(auditWithSettings(read.inventory, settings, rules, options));
    }
  // A misspelt parameter would leave the real one at its default without a word.
  if (results.length > 0)
    for (const name of Object.keys(parameters).filter(given => !known.has(given)))
      failures.push(new GearError(`No template has a parameter ${name}`, {code: 'UNKNOWN_PARAMETER'}));
  return {result: combine(results), notRead, failures};
}

interface TemplateReading {
  readonly inventory: Inventory;
  /** What `--parameter` can give it. */
  readonly parameters: Iterable<string>;
}

async function readTemplate(file: string, parameters: Readonly<Record<string, string>>): Promise<TemplateReading> {
  if (isServerlessFile(file)) return readServerlessInventory(file, {parameters});
  const bytes = readFileSync(file);
  refuseOtherTerraform(file, bytes);
  const text = bytes.toString('utf8');
  if (isTerraformJson(text)) return {inventory: await readTerraformInventory(text, file), parameters: []};
  const template = parseTemplate(text, file);
  const {Resources: resources, Parameters: declared} = template.body;
  // Any YAML is a mapping sooner or later; one without resources would pass every rule.
  if (typeof resources !== 'object' || resources === null)
    throw new GearError(`${file} is no template: it has no Resources section`, {code: 'TEMPLATE_UNREADABLE'});
  return {
    inventory: await readTemplateInventory(template, {parameters}),
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
