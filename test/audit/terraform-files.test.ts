import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';

const empty = {root_module: {}};
const plan = (more: object) => JSON.stringify({format_version: '1.2', terraform_version: '1.9.8', ...more});
const deep = `{"a":`.repeat(20_000);

const files: Readonly<Record<string, string | Buffer>> = {
  'found/whatever.json': plan({planned_values: empty}),
  'powershell/plan.json': Buffer.from(`\ufeff${plan({planned_values: empty})}`, 'utf16le'),
  'marked/plan.json': `\ufeff${plan({planned_values: empty})}`,
  'utf16.yaml': Buffer.from('\ufeffResources: {}\n', 'utf16le'),
  'found/main.tf': 'resource "aws_sqs_queue" "orders" {}\n',
  'found/package.json': '{"name": "orders"}',
  'found/.terraform/modules/x/plan.json': plan({planned_values: empty}),
  'source/main.tf': 'resource "aws_sqs_queue" "orders" {}\n',
  'source/template.yaml': 'Resources: {}\n',
  'main.tf': '',
  'main.tf.json': '{"resource": {}}',
  'main.tofu': '',
  'plan.out': 'PK\x03\x04....tfplan....',
  'terraform.tfstate': '{"version": 4, "terraform_version": "1.9.8", "serial": 3, "lineage": "f3b0"}',
  'log.json': '{"@level":"info","@message":"Terraform 1.9.8","terraform":"1.9.8","type":"version"}\n',
  'later.json': JSON.stringify({format_version: '2.0', planned_values: empty}),
  'schemas.json': plan({provider_schemas: {}}),
  'empty-state.json': JSON.stringify({format_version: '1.0'}),
  'cut.json': plan({planned_values: empty}).slice(0, -9),
  'no-address.json': plan({planned_values: {root_module: {resources: [{type: 'aws_iam_role'}]}}}),
  'no-list.json': plan({planned_values: {root_module: {child_modules: {}}}}),
  'no-module.json': plan({planned_values: empty, configuration: {root_module: {module_calls: {a: 1}}}}),
  'no-changes.json': plan({planned_values: empty, resource_changes: [null]}),
  'deep.json': `{"format_version": "1.0", "values": {"root_module": {"resources": [{"address": "aws_lambda_function.a", "mode": "managed", "type": "aws_lambda_function", "name": "a", "values": {"environment": [{"variables": ${deep}1${'}'.repeat(20_000)}}]}}]}}}`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-terraform-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, {recursive: true}));

const audit = (path: string) => auditTemplates([join(folder, path)], rules, {today: '2026-11-21', parameters: {}});

test('finds a plan in a folder by what is in it, and then needs no configuration', async () => {
  const {result, failures} = await audit('found');
  expect(failures).toEqual([]);
  expect(result.sources).toEqual([join(folder, 'found/whatever.json')]);
});

test.each(['powershell', 'marked'])('reads a plan as Windows writes it: %s', async folderName => {
  const {result, failures} = await audit(folderName);
  expect(failures).toEqual([]);
  expect(result.sources).toEqual([join(folder, folderName, 'plan.json')]);
});

test('says of a template in UTF-16 what is wrong with it', async () => {
  const {failures} = await audit('utf16.yaml');
  expect(failures.map(({message}) => message)).toEqual([
    expect.stringMatching(/utf16\.yaml is UTF-16, and CloudFormation takes UTF-8$/),
  ]);
});

test('does not pass a folder whose configuration nobody made a plan of', async () => {
  const {result, failures} = await audit('source');
  expect(result.sources).toEqual([join(folder, 'source/template.yaml')]);
  expect(failures.map(({message}) => message)).toEqual([expect.stringContaining('main.tf is Terraform')]);
});

test.each([
  ['main.tf', "Terraform's configuration language", 'terraform plan -out p && terraform show -json p > plan.json'],
  ['main.tf.json', "Terraform's configuration language", 'terraform plan -out p'],
  ['main.tofu', "Terraform's configuration language", 'terraform plan -out p'],
  ['plan.out', 'a plan in its binary form', 'plan.out > plan.json'],
  ['terraform.tfstate', 'a raw state', 'terraform.tfstate > state.json'],
  ['log.json', 'the log of terraform plan -json', 'terraform plan -out p'],
  ['later.json', 'this is version 2.0', 'terraform plan'],
  ['schemas.json', 'neither a plan nor a state', 'terraform plan'],
  ['empty-state.json', 'neither a plan nor a state', 'terraform plan'],
  ['cut.json', 'it is no JSON', 'terraform plan'],
  ['no-address.json', 'an item of resources has no address', 'terraform plan'],
  ['no-list.json', 'child_modules is not a list', 'terraform plan'],
  ['no-module.json', 'module_calls is not an object of objects', 'terraform plan'],
  ['no-changes.json', 'an item of resource_changes has no address', 'terraform plan'],
  ['deep.json', 'it is nested too deeply', ''],
])('refuses %s: %s', async (file, message, suggestion) => {
  const {result, failures, notRead} = await audit(file);
  expect(result.sources).toEqual([]);
  expect(notRead).toHaveLength(1);
  expect(failures).toHaveLength(1);
  expect(failures[0]!.message).toContain(message);
  expect(failures[0]!.suggestions.join('\n')).toContain(suggestion);
});
