import {existsSync, globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type AuditResult, audit} from '../../src/audit/audit.ts';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {readTemplate} from '../../src/cloudformation/read-template.ts';
import {GearError} from '../../src/errors.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';
import type {Inventory} from '../../src/model/inventory.ts';

/** 143 public services, and what a script that shares nothing with gear says of each. It lies beside the repository. */
const corpus = join(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(join(corpus, 'labels.json'));
if (!present) console.warn(`corpus.test.ts is skipped: there is no ${corpus}`);

interface Labels {
  readonly file: string;
  readonly stars: readonly {
    readonly resource: string;
    readonly actions: Readonly<Record<string, ActionLabel>>;
    readonly condition: boolean;
  }[];
  readonly dlqs: readonly string[];
  readonly sqsSources: readonly {readonly queue: string; readonly redrive: boolean}[];
  readonly onFailureUnsupported: readonly string[];
  readonly asyncNoDestination: readonly string[];
  readonly sharedRoles: Readonly<Record<string, readonly string[]>>;
}

type ActionLabel = 'must-be-star' | 'restrictable' | 'optional' | 'wildcard' | 'unknown';

interface Audited extends Labels {
  readonly inventory: Inventory;
  readonly result: AuditResult;
}

/** Files that cannot be read as a template. */
const refused: string[] = [];

async function auditAll(): Promise<readonly Audited[]> {
  const labels = JSON.parse(readFileSync(join(corpus, 'labels.json'), 'utf8')) as Labels[];
  const audited: Audited[] = [];
  for (const label of labels) {
    const file = join(corpus, 'serverless-patterns', label.file);
    try {
      const inventory = await readTemplateInventory(await readTemplate(readFileSync(file, 'utf8'), file));
      audited.push({...label, inventory, result: audit(inventory, rules, {today: '2026-11-21'})});
    } catch (error) {
      if (!(error instanceof GearError)) throw error;
      refused.push(error.message);
    }
  }
  return audited;
}

describe.skipIf(!present)('the public services', async () => {
  const all = present ? await auditAll() : [];
  const of = (rule: string, {result}: Audited) => result.findings.filter(finding => finding.rule === rule);

  test('are all audited', () => {
    expect(refused).toEqual([]);
    expect(all.length).toBe(140);
  });

  test('are all found in their folder: what lies there is audited, or said to be none', async () => {
    const {result, failures} = await auditTemplates([corpus], [], {parameters: {}, today: '2026-11-21'});
    const messages = failures.map(({message}) => message);
    const files = globSync('**/{template,serverless}.{yaml,yml,json}', {cwd: corpus}).map(file => join(corpus, file));
    const passedOver = files.filter(
      file => !result.sources.includes(file) && !messages.some(message => message.includes(file)),
    );
    expect(passedOver).toEqual([]);
    expect(messages).toEqual([
      // The form that authors fill in, left empty.
      expect.stringMatching(/dynamodb-lambda-cdk-kotlin\/template\.yaml is no template: it has no Resources section$/),
    ]);
  });

  test('break no rule: nothing is left unchecked by an error of gear', () => {
    const failed = all.flatMap(({result}) =>
      result.notChecked.filter(({reason}) => reason.includes('the rule failed')),
    );
    expect(failed).toEqual([]);
  });

  test('a star is a finding where the action could name a resource, and none where it cannot', () => {
    const wrong = all.flatMap(audited =>
      audited.stars.flatMap(({resource, actions}) =>
        Object.entries(actions).flatMap(([action, label]) => {
          const found = audited.result.findings
            .filter(({rule}) => starRules[label].includes(rule))
            .some(
              ({resource: at, evidence}) => at === resource && evidence.action === action && evidence.resource === '*',
            );
          return found === expectedOf[label] || expectedOf[label] === undefined
            ? []
            : [`${audited.file} ${resource} ${action} ${label}`];
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('a queue that feeds a function is a finding without a redrive policy, and a dead-letter queue never is', () => {
    for (const audited of all) {
      const found = of('resilience/queue-without-redrive', audited).map(({resource}) => resource);
      for (const {queue, redrive} of audited.sqsSources)
        expect([audited.file, found.includes(queue)]).toEqual([audited.file, !redrive]);
      for (const queue of audited.dlqs) expect(found).not.toContain(queue);
    }
  });

  test('dead-letter queues are recognised', () => {
    for (const {file, dlqs, inventory} of all) {
      const recognised = inventory.queues.filter(queue => queue.isDeadLetterQueue).map(({name}) => name);
      expect([file, dlqs.filter(name => !recognised.includes(name))]).toEqual([file, []]);
    }
  });

  test('a function with an asynchronous trigger and no destination is a finding', () => {
    for (const audited of all) {
      const found = of('resilience/no-failure-destination', audited).map(({resource}) => resource);
      expect([audited.file, audited.asyncNoDestination.filter(name => !found.includes(name))]).toEqual([
        audited.file,
        [],
      ]);
    }
  });

  test('no mapping is asked for a destination that AWS does not have there', () => {
    for (const audited of all) {
      const found = of('resilience/endless-stream-retries', audited).map(({resource}) => resource);
      for (const name of audited.onFailureUnsupported) expect(found).not.toContain(name);
    }
  });

  test('shared roles are those of the labels, and no others', () => {
    for (const audited of all) {
      const found = of('iam/shared-role', audited);
      expect(found.map(({resource}) => resource).sort()).toEqual(Object.keys(audited.sharedRoles).sort());
      for (const {resource, evidence} of found)
        expect(evidence.functions).toEqual([...audited.sharedRoles[resource]!].sort());
    }
  });
});

/** The rules that may speak of a star, and whether one has to; `optional` needs judgement. */
const wildcardResource = ['iam/wildcard-resource', 'iam/pass-role-anywhere', 'iam/assume-role-anywhere'];
const starRules: Readonly<Record<ActionLabel, readonly string[]>> = {
  'must-be-star': wildcardResource,
  optional: wildcardResource,
  restrictable: wildcardResource,
  unknown: ['iam/unknown-action'],
  wildcard: ['iam/wildcard-action'],
};
const expectedOf: Readonly<Record<ActionLabel, boolean | undefined>> = {
  'must-be-star': false,
  optional: undefined,
  restrictable: true,
  unknown: true,
  wildcard: true,
};
