import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv} from 'ajv';
import {expect, test} from 'vitest';
import {auditTemplates} from '../../../src/audit/audit-templates.ts';
import {rules} from '../../../src/audit/rules/index.ts';
import {findingsFormats} from '../../../src/report/findings/formats.ts';

const root = join(import.meta.dirname, '../../..');
const schema = JSON.parse(readFileSync(join(root, 'data/audit.schema.json'), 'utf8'));

/** Later releases may add a member, and readers must bear that; here each has to stand in the schema. */
function closed(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(closed);
  const members = Object.entries(node).map(([name, value]) => [name, closed(value)]);
  const own = 'properties' in node && !('additionalProperties' in node) ? {additionalProperties: false} : {};
  return {...Object.fromEntries(members), ...own};
}

const ajv = new Ajv({strict: false});
const validate = ajv.compile(closed(schema) as object);
const validateAsShipped = new Ajv({strict: true, allowUnionTypes: true}).compile(schema);

const folder = join(root, 'test/audit');
const inputs = {
  'templates that every rule finds something in': globSync('rules/*/*/fail-*.yaml', {cwd: folder}),
  'services of the Serverless Framework': globSync('serverless/*/serverless.yml', {cwd: folder}),
  'plans of Terraform': globSync('terraform/*/*.json', {cwd: folder}),
  'what is not there': ['missing.yaml'],
};

test.each(Object.entries(inputs))('what is printed of %s is as the schema says', async (_, files) => {
  expect(files.length).toBeGreaterThan(0);
  const audited = await auditTemplates(
    files.map(file => join(folder, file)),
    rules,
    {today: '2026-11-21', parameters: {Strange: 'value'}, fix: {unsafe: false, allRules: rules}},
  );
  const {result, notRead, refused = [], fixes = []} = audited;
  const report = {
    ...{result, notRead, refused, fixes, rules, failOn: 'low' as const, baseline: false, gone: [], version: '0.1.0'},
    pathOf: (path: string) => path,
  };
  const document = JSON.parse(findingsFormats.json(report));
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(validateAsShipped({...document, later: true})).toBe(true);
  const {findings: _findings, ...without} = document;
  expect(validateAsShipped(without)).toBe(false);
});
