import {existsSync, globSync} from 'node:fs';
import {join, relative} from 'node:path';
import {describe, expect, test} from 'vitest';
import {auditTemplates, type TemplatesAudit} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {readServerlessInventory} from '../../src/inventory/read-serverless-inventory.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Origin} from '../../src/model/origin.ts';
import {isUnresolved} from '../../src/model/resolvable.ts';

/**
 * Each folder is a service: what is read from it and what is found in it stands beside it as text. Where there is a
 * template.yaml too, it is the CloudFormation that the framework would make, and the same must be found in both.
 */
const folder = join(import.meta.dirname, 'serverless');
const services = globSync('*/serverless.*', {cwd: folder}).sort();
const options = {today: '2026-11-21', parameters: {}};

test.each(services)('%s is read and audited', async service => {
  const file = join(folder, service);
  const {inventory} = await readServerlessInventory(file);
  const {result, failures} = await auditTemplates([file], rules, options);
  expect(failures).toEqual([]);
  const findings = result.findings
    .filter(({rule}) => shownRules.has(rule))
    .map(({severity, rule, origin, resource, suppressed}) =>
      [severity, rule, place(origin, file), resource, ...(suppressed === null ? [] : ['(ignored)'])].join(' '),
    );
  const notChecked = result.notChecked
    .filter(({rule}) => /^(\*|iam\/\*)$/.test(rule) || shownRules.has(rule))
    .map(({rule, origin, resource, reason}) => `${rule} ${place(origin, file)} ${resource}: ${reason}`);
  const text = [...described(inventory, file), 'findings', ...findings, 'not checked', ...notChecked].join('\n');
  await expect(`${text}\n`).toMatchFileSnapshot(join(file, '../expected.txt'));
});

/** Some of every group, to see that findings stand where their cause does; the second test is about all rules. */
const shownRules = new Set([
  'coldstart/bypassed-version',
  'hygiene/deprecated-runtime',
  'iam/open-invoke-permission',
  'iam/open-trust',
  'iam/resource-mismatch',
  'iam/shared-role',
  'iam/wildcard-action',
  'iam/wildcard-resource',
  'observability/logs-kept-forever',
  'resilience/no-failure-destination',
  'resilience/queue-without-redrive',
  'resilience/short-visibility-timeout',
  'vpc/without-reason',
]);

const pairs = services.filter(service => existsSync(join(folder, service, '../template.yaml')));

describe('the same service as CloudFormation', () => {
  test.each(pairs)('%s has the same findings', async service => {
    const file = join(folder, service);
    const own = await auditTemplates([file], rules, options);
    const compiled = await auditTemplates([join(file, '../template.yaml')], rules, options);
    expect(compiled.failures).toEqual([]);
    expect(comparable(own)).toEqual(comparable(compiled));
  });
});

function comparable({result}: TemplatesAudit) {
  return {
    findings: result.findings.map(({origin: _, ...finding}) => JSON.stringify(finding)).sort(),
    notChecked: result.notChecked.map(({rule, resource, reason}) => `${rule} ${resource} ${reason}`).sort(),
  };
}

function described(inventory: Inventory, file: string): readonly string[] {
  const shown = (value: unknown) =>
    isUnresolved(value) ? `? ${value.text}` : typeof value === 'string' ? value : JSON.stringify(value);
  const at = (origin: Origin) => place(origin, file);
  return [
    ...inventory.functions.flatMap(fn => [
      `function ${fn.name} ${at(fn.origin)}`,
      `  ${fn.arn}`,
      `  ${[fn.runtime, fn.memory, fn.timeout, fn.architecture].map(shown).join(' ')}`,
      `  role ${shown(fn.role)}`,
      ...fn.layers.map(layer => `  layer ${shown(layer)}`),
      ...(fn.vpc === undefined ? [] : [`  vpc ${isUnresolved(fn.vpc) ? shown(fn.vpc) : shown(fn.vpc.subnets)}`]),
      ...(fn.deadLetterQueue === undefined ? [] : [`  dead letters to ${shown(fn.deadLetterQueue)}`]),
      ...(fn.onFailureDestination === undefined ? [] : [`  failures to ${shown(fn.onFailureDestination)}`]),
      ...fn.triggers.map(({kind, keepsWarm, origin}) => `  ${kind}${keepsWarm ? ' (warm)' : ''} ${at(origin)}`),
    ]),
    ...inventory.eventSourceMappings.map(
      ({name, kind, sourceArn, origin}) => `mapping ${name} ${kind} ${shown(sourceArn)} ${at(origin)}`,
    ),
    ...inventory.roles.flatMap(({name, arn, managedPolicies, origin}) => [
      `role ${name} ${arn} ${at(origin)}`,
      ...managedPolicies.map(policy => `  managed ${shown(policy.arn)} ${at(policy.origin)}`),
    ]),
    ...inventory.policies.flatMap(({resource, document}) =>
      isUnresolved(document)
        ? [`policy of ${resource} ${shown(document)}`]
        : [
            `policy of ${resource}`,
            ...document.statements.map(
              ({effect, actions, resources, origin}) =>
                `  ${effect} ${actions.map(shown).join(', ')} on ${resources.map(shown).join(', ')} ${at(origin)}`,
            ),
          ],
    ),
  ];
}

/** A line in the file itself, or in another of the same service. */
function place(origin: Origin, file: string): string {
  if (!('line' in origin)) return 'arn' in origin ? origin.arn : origin.address;
  const other = relative(join(file, '..'), origin.file);
  return `${relative(file, origin.file) === '' ? '' : `${other}:`}${origin.line}:${origin.column}`;
}
