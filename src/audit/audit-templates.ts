import {readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {describeFileError, GearError} from '../errors.ts';
import {findTemplates} from '../inventory/find-templates.ts';
import {readTemplateInventory} from '../inventory/read-template-inventory.ts';
import type {NotChecked} from '../model/finding.ts';
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
  const attempt = <T>(path: string, read: () => T): readonly T[] => {
    try {
      return [read()];
    } catch (caught) {
      const error = describeFileError(caught);
      if (!(error instanceof GearError)) throw error;
      failures.push(error);
      notRead.push(unread(path, error));
      return [];
    }
  };
  const files = [...new Set(paths.flatMap(path => attempt(path, () => findTemplates(path)).flat()))];
  const templates = files.flatMap(file => attempt(file, () => readTemplate(file)));
  failures.push(...unknownParameters(parameters, templates));
  const results: AuditResult[] = [];
  for (const template of templates) {
    const [settings] = attempt(template.file, () => readAuditSettings(dirname(template.file), knownRules));
    if (settings !== undefined)
      results.push(auditWithSettings(await readTemplateInventory(template, {parameters}), settings, rules, options));
  }
  return {result: combine(results), notRead, failures};
}

/** Any YAML is a mapping sooner or later; one without resources would pass every rule. */
function readTemplate(file: string): Template {
  const template = parseTemplate(readFileSync(file, 'utf8'), file);
  const {Resources: resources} = template.body;
  if (typeof resources === 'object' && resources !== null) return template;
  throw new GearError(`${file} is no template: it has no Resources section`, {code: 'TEMPLATE_UNREADABLE'});
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

/** A misspelt parameter would leave the real one at its default without a word. */
function unknownParameters(
  parameters: Readonly<Record<string, string>>,
  templates: readonly Template[],
): readonly GearError[] {
  const known = new Set(templates.flatMap(({body}) => Object.keys(body.Parameters ?? {})));
  return Object.keys(parameters)
    .filter(name => templates.length > 0 && !known.has(name))
    .map(name => new GearError(`No template has a parameter ${name}`, {code: 'UNKNOWN_PARAMETER'}));
}
