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
  const findings = result.findings.map(
    ({severity, rule, origin, message, suppressed}) =>
      `${severity} ${rule} ${place(origin, file)}: ${message}${suppressed === null ? '' : ' (ignored)'}`,
  );
  const notChecked = result.notChecked.map(
    ({rule, origin, resource, reason}) => `${rule} ${place(origin, file)} ${resource}: ${reason}`,
  );
  const text = [...described(inventory, file), 'findings', ...findings, 'not checked', ...notChecked].join('\n');
  await expect(`${text}\n`).toMatchFileSnapshot(join(file, '../expected.txt'));
});

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
  const shown = (value: unknown) => (isUnresolved(value) ? `? ${value.text}` : JSON.stringify(value));
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
                `  ${effect} ${actions.join(', ')} on ${resources.map(shown).join(', ')} ${at(origin)}`,
            ),
          ],
    ),
  ];
}

/** A line in the file itself, or in another of the same service. */
function place(origin: Origin, file: string): string {
  if (!('line' in origin)) return origin.arn;
  const other = relative(join(file, '..'), origin.file);
  return `${relative(file, origin.file) === '' ? '' : `${other}:`}${origin.line}:${origin.column}`;
}
