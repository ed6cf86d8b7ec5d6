import {join} from 'node:path';
import {expect} from 'vitest';
import {auditTemplates} from '../../../src/audit/audit-templates.ts';
import {rules} from '../../../src/audit/rules/index.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {applyOptions, type ChosenOptions} from '../../../src/scaffold/options/apply-options.ts';
import {permissionRows} from '../../../src/scaffold/permission-rows.ts';
import {type RenderedFile, renderService} from '../../../src/scaffold/render-service.ts';
import {writeService} from '../../../src/scaffold/write-service.ts';
import type {Variant} from '../../templates/variants.ts';

/** What each option is given here; a switch is given nothing. */
const values: ChosenOptions = {
  'permissions-boundary': 'arn:aws:iam::123456789012:policy/teams/developer-boundary',
  vpc: 'the "orders" database has no public endpoint',
};

export function chosen(...names: readonly string[]): ChosenOptions {
  return Object.fromEntries(names.map(name => [name, values[name] ?? '']));
}

export interface WrittenService {
  readonly folder: string;
  readonly files: readonly RenderedFile[];
}

export async function writeWith(
  options: ChosenOptions,
  {template, language, queue}: Variant,
  folder: string,
): Promise<WrittenService> {
  const plain = await renderService({template, language, queue, name: 'orders'});
  const {files} = applyOptions({name: 'orders', language, files: plain}, options);
  await writeService(folder, files);
  return {folder, files};
}

/** The audit finds nothing but the pings, which it tells of and which fail nothing. */
export async function expectClean({folder}: WrittenService): Promise<void> {
  const template = join(folder, 'template.yaml');
  const {result, failures} = await auditTemplates([template], rules, {parameters: {}, today: '2026-11-21'});
  const findings = result.findings.filter(({rule}) => rule !== 'coldstart/keep-warm-ping');
  expect({findings, notChecked: result.notChecked, failures}).toEqual({findings: [], notChecked: [], failures: []});
}

/** The README's table has each statement of each role, in the template's order. */
export function expectDescribed({files}: WrittenService): void {
  const contents = (wanted: string) => files.find(({path}) => path === wanted)!.contents;
  const described = [...contents('README.md').matchAll(permissionRow)].map(([, role, statement]) => [role, statement]);
  const granted = permissionRows(parseTemplate(contents('template.yaml'), 'template.yaml'));
  expect(described).toEqual(granted.map(({role, statement}) => [role, statement]));
}

const permissionRow = /^\| *`([\w-]+)` *\| *(\w+) *\| *`\w+:/gm;
