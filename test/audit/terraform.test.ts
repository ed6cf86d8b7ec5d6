import {existsSync, globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {auditTemplates, type TemplatesAudit} from '../../src/audit/audit-templates.ts';
import wildcardResource from '../../src/audit/rules/iam/wildcard-resource.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readTerraformInventory} from '../../src/inventory/read-terraform-inventory.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Origin} from '../../src/model/origin.ts';
import {isUnresolved} from '../../src/model/resolvable.ts';

/**
 * Each folder has a plan or a state as `terraform show -json` prints it; what is read from it and what is found in it
 * stands beside it as text. Where there is a template.yaml too, it is the same service as CloudFormation, and the same
 * must be found in both.
 */
const folder = join(import.meta.dirname, 'terraform');
const shows = globSync('*/{plan,state}.json', {cwd: folder}).sort();
const options = {today: '2026-11-21', parameters: {}};

test.each(shows)('%s is read and audited', async show => {
  const file = join(folder, show);
  const inventory = await readTerraformInventory(readFileSync(file, 'utf8'), file);
  const {result, failures} = await auditTemplates([file], rules, options);
  expect(failures).toEqual([]);
  const findings = result.findings.map(
    ({severity, rule, origin, message, resource}) =>
      `${severity} ${rule} ${place(origin)}: ${message}${resource === place(origin) ? '' : ` [${resource}]`}`,
  );
  const notChecked = result.notChecked.map(({rule, origin, reason}) => `${rule} ${place(origin)}: ${reason}`);
  const text = [...described(inventory), 'findings', ...findings, 'not checked', ...notChecked].join('\n');
  await expect(`${text}\n`).toMatchFileSnapshot(file.replace(/\.json$/, '.txt'));
});

test('a remedy names what a plan has as Terraform does', async () => {
  const value = (type: string, name: string, values: object) => ({
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    values,
  });
  const policy = {Statement: [{Effect: 'Allow', Action: ['sqs:SendMessage', 's3:GetObject'], Resource: '*'}]};
  const resources = [
    value('aws_sqs_queue', 'orders', {name: 'orders', arn: 'arn:aws:sqs:eu-central-1:111122223333:orders'}),
    value('aws_s3_bucket', 'receipts', {bucket: 'receipts', arn: 'arn:aws:s3:::receipts'}),
    value('aws_iam_role_policy', 'ingest', {name: 'ingest', role: 'ingest', policy: JSON.stringify(policy)}),
  ];
  const state = JSON.stringify({format_version: '1.0', values: {root_module: {resources}}});
  const {findings} = audit(await readTerraformInventory(state, 'state.json'), [wildcardResource], {
    today: options.today,
    knownRules: [],
  });
  expect(findings.map(({remedy}) => remedy).sort()).toEqual([
    `Name the one that this template has: "\${aws_s3_bucket.receipts.arn}/*".`,
    'Name the one that this template has: aws_sqs_queue.orders.arn.',
  ]);
});

const pairs = shows.filter(show => existsSync(join(folder, show, '../template.yaml')));

describe('the same service as CloudFormation', () => {
  test.each(pairs)('%s has the same findings', async show => {
    const file = join(folder, show);
    const template = join(file, '../template.yaml');
    const own = await auditTemplates([file], rules, options);
    const other = await auditTemplates([template], rules, options);
    expect(other.failures).toEqual([]);
    expect(pairs.length).toBeGreaterThan(0);
    expect(comparable(own, new Map())).toEqual(comparable(other, addressesIn(template)));
  });
});

/** Of the findings, what does not depend on how a resource is called and where it stands. */
function comparable({result}: TemplatesAudit, addresses: ReadonlyMap<string, string>) {
  return result.findings
    .map(({rule, severity, resource, function: fn, evidence}) => {
      const named = (name: string | null) => (name === null ? null : (addresses.get(name) ?? name));
      return JSON.stringify({rule, severity, resource: named(resource), fn: named(fn), evidence});
    })
    .sort();
}

function addressesIn(template: string): ReadonlyMap<string, string> {
  const {Resources: resources} = parseTemplate(readFileSync(template, 'utf8'), template).body as {
    Resources: Record<string, {Metadata: {Terraform: string}}>;
  };
  return new Map(Object.entries(resources).map(([id, {Metadata}]) => [id, Metadata.Terraform]));
}

function described(inventory: Inventory): readonly string[] {
  const shown = (value: unknown) => (isUnresolved(value) ? `? ${value.text}: ${value.reason}` : JSON.stringify(value));
  return [
    ...inventory.functions.flatMap(fn => [
      `function ${fn.name}`,
      `  ${fn.arn}`,
      `  ${[fn.runtime, fn.memory, fn.timeout, fn.architecture].map(shown).join(' ')}`,
      `  role ${shown(fn.role)}`,
      ...fn.layers.map(layer => `  layer ${shown(layer)}`),
      ...(fn.vpc === undefined ? [] : [`  vpc ${isUnresolved(fn.vpc) ? shown(fn.vpc) : shown(fn.vpc.subnets)}`]),
      ...(fn.deadLetterQueue === undefined ? [] : [`  dead letters to ${shown(fn.deadLetterQueue)}`]),
      ...(fn.onFailureDestination === undefined ? [] : [`  failures to ${shown(fn.onFailureDestination)}`]),
      ...fn.triggers.map(({kind, keepsWarm, origin}) => `  ${kind}${keepsWarm ? ' (warm)' : ''} ${place(origin)}`),
      `  code ${JSON.stringify(fn.package)}`,
      ...(fn.provisionedConcurrency === true ? ['  provisioned concurrency'] : []),
    ]),
    ...inventory.eventSourceMappings.flatMap(({name, kind, sourceArn, functionArn}) => [
      `mapping ${name} ${kind} ${shown(sourceArn)}`,
      `  to ${shown(functionArn)}`,
    ]),
    ...inventory.queues.map(
      ({arn, redrivePolicy, isDeadLetterQueue}) =>
        `queue ${arn}${redrivePolicy === undefined ? '' : ` redrives ${shown(redrivePolicy)}`}${isDeadLetterQueue === true ? ' (dead letters)' : ''}`,
    ),
    ...inventory.roles.flatMap(({name, arn, managedPolicies}) => [
      `role ${name} ${arn}`,
      ...managedPolicies.map(policy => `  managed ${shown(policy.arn)} ${place(policy.origin)}`),
    ]),
    ...inventory.policies.flatMap(({resource, document, roles}) => [
      `policy of ${resource} for ${roles.map(shown).join(', ') || 'nobody'}`,
      ...(isUnresolved(document)
        ? [`  ${shown(document)}`]
        : document.statements.map(
            ({effect, actions, notActions, resources, conditions}) =>
              `  ${effect} ${[...actions, ...notActions.map(each => `not ${shown(each)}`)].map(String).join(', ')} on ${resources.map(shown).join(', ')}${conditions.length === 0 ? '' : ` if ${JSON.stringify(conditions)}`}`,
          )),
    ]),
  ];
}

function place(origin: Origin): string {
  if ('address' in origin) return origin.address;
  return 'line' in origin ? `${origin.line}:${origin.column}` : origin.arn;
}
