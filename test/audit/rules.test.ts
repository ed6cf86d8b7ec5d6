import {globSync, readFileSync} from 'node:fs';
import {basename, dirname, join, relative} from 'node:path';
import {describe, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';

/**
 * Each rule has a folder with templates: `fail-*` has findings, `pass-*` has none, and of `unknown-*` the rule cannot
 * tell. What a template gives stands beside it as text; `vitest -u` writes it anew, to be read before it is kept.
 */
const folder = join(import.meta.dirname, 'rules');
const fixtures = globSync('*/*/*.yaml', {cwd: folder}).sort();
const today = '2026-11-21';

test.each(fixtures)('%s', async fixture => {
  const file = join(folder, fixture);
  const rule = rules.find(({id}) => id === dirname(fixture));
  expect(rule, `no rule ${dirname(fixture)}`).toBeDefined();
  const template = parseTemplate(readFileSync(file, 'utf8'), file, {duplicateKeys: 'last'});
  const {findings, notChecked} = audit(await readTemplateInventory(template), [rule!], {
    today,
    knownRules: rules.map(({id}) => id),
  });
  const kind = basename(fixture).split('-')[0];
  expect(findings.length > 0).toBe(kind === 'fail');
  expect(notChecked.length > 0).toBe(kind === 'unknown');
  const lines = [
    ...findings.map(
      ({severity, origin, resource, function: fn, message, evidence}) =>
        `${severity} ${place(origin)} ${resource} ${fn ?? '-'}: ${message}\n  ${JSON.stringify(evidence)}`,
    ),
    ...notChecked.map(({resource, reason, origin}) => `not checked ${place(origin)} ${resource}: ${reason}`),
  ];
  if (kind !== 'pass') await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(file.replace(/\.yaml$/, '.txt'));
});

function place(origin: object): string {
  return 'line' in origin && 'column' in origin ? `${origin.line}:${origin.column}` : JSON.stringify(origin);
}

describe('every rule', () => {
  test.each(rules)('$id has its page, a template that fails and one that passes', ({id, ...rule}) => {
    for (const text of [rule.title, rule.why, rule.remedy, rule.examples.bad, rule.examples.good])
      expect(text.trim()).not.toBe('');
    expect(rule.why).toMatch(/\.$/);
    expect(rule.remedy).toMatch(/\.$/);
    if (!ofGearItself.has(id)) expect(rule.reference).toMatch(/^https:\/\//);
    const own = fixtures.filter(fixture => dirname(fixture) === id).map(fixture => basename(fixture));
    if (!seenElsewhere.has(id)) expect(own.filter(name => name.startsWith('fail-'))).not.toEqual([]);
    expect(own.filter(name => name.startsWith('pass-'))).not.toEqual([]);
  });

  test('stands in the catalogue, and the catalogue names no other', () => {
    const catalogue = readFileSync(join(import.meta.dirname, '../../src/audit/README.md'), 'utf8');
    const groups = [...new Set(rules.map(({id}) => dirname(id)))];
    // A row that names several of a group says the group once.
    const named = [...catalogue.matchAll(/`([a-z0-9-]+(?:\/[a-z0-9-]+)?)`/g)].map(([, name]) => name!);
    expect(rules.filter(({id}) => !named.includes(id) && !named.includes(basename(id)))).toEqual([]);
    const ids = named.filter(name => groups.includes(dirname(name)));
    expect(ids.filter(name => !rules.some(({id}) => id === name))).toEqual([]);
  });

  test('is listed once, under the name of its file', () => {
    const files = globSync('*/*.ts', {cwd: join(import.meta.dirname, '../../src/audit/rules')});
    expect(rules.map(({id}) => `${id}.ts`).sort()).toEqual(files.map(file => relative('.', file)).sort());
  });
});

/** No page of AWS is about what gear says of its own ignores. */
const ofGearItself = new Set(['hygiene/lapsed-ignore']);

/** No template knows when a role was used, or for what, how many addresses are left, what is stored or whose logs are kept; tests of accounts do, in test/inventory. A package over 250 MB is no fixture; package-size.test.ts makes one up. */
const seenElsewhere = new Set([
  'iam/unused-role',
  'iam/unused-permission',
  'size/package-too-large',
  'size/code-storage-nearly-full',
  'hygiene/orphaned-log-group',
  'vpc/few-addresses',
]);
