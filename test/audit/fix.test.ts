import {existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import type {FixedFile} from '../../src/audit/fix/fix-file.ts';
import {fixTemplate} from '../../src/audit/fix/fix-template.ts';
import {fixers} from '../../src/audit/fix/fixers.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {writeFixes} from '../../src/cli/audit-fix.ts';
import {parseTemplate, type Template} from '../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';

/**
 * `safe-*` is fixed by `--fix`, `unsafe-*` by `--fix --unsafe` only, `refused-*` by neither. What comes out stands
 * beside it, and what gear says of it; `vitest -u` writes both anew, to be read before they are kept.
 */
const folder = join(import.meta.dirname, 'fix');
const fixtures = globSync('*/*/*.before.*', {cwd: folder}).sort();

async function auditOf(template: Template) {
  const inventory = await readTemplateInventory(template);
  return {inventory, result: audit(inventory, rules, {today: '2026-11-21'})};
}

function fixed(template: Template, rule: string, unsafe: boolean) {
  return fixTemplate(template, {unsafe, rules: [rule], audit: auditOf});
}

test.each(fixtures)('%s', async fixture => {
  const path = join(folder, fixture);
  const rule = dirname(fixture);
  const kind = basename(fixture).split('-')[0]!;
  const before = parseTemplate(readFileSync(path, 'utf8'), basename(fixture).replace('.before', ''));
  const safe = await fixed(before, rule, false);
  expect(safe.fixed.length > 0).toBe(kind === 'safe');
  const outcome = await fixed(before, rule, true);
  const lines = [
    ...outcome.fixed.map(({fix}) => `${fix.what}${fix.assumes === undefined ? '' : `\n  assumes: ${fix.assumes}`}`),
    ...outcome.notFixed.map(({finding, reason}) => `not fixed: ${finding.message}\n  ${reason}`),
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(path.replace(/\.before\.\w+$/, '.txt'));
  if (kind === 'refused') {
    expect(outcome.template.text).toBe(before.text);
    return;
  }
  expect((kind === 'safe' ? safe : outcome).template.text).toBe(outcome.template.text);
  await expect(outcome.template.text).toMatchFileSnapshot(path.replace('.before.', '.after.'));
  const {result} = await auditOf(outcome.template);
  expect(result.findings.filter(finding => finding.rule === rule)).toEqual([]);
  // What is fixed stays as it is.
  const again = await fixed(outcome.template, rule, true);
  expect(again.fixed).toEqual([]);
  expect(again.template.text).toBe(outcome.template.text);
});

test('every rule that has a fix has a template that it is applied to', () => {
  const tested = fixtures.filter(name => !basename(name).startsWith('refused-')).map(dirname);
  expect([...new Set(tested)].sort()).toEqual(Object.keys(fixers).sort());
  for (const rule of Object.keys(fixers)) expect(rules.map(({id}) => id)).toContain(rule);
});

test('a template that changed since it was read is left alone, and the others with it', () => {
  const place = mkdtempSync(join(tmpdir(), 'gear-fix-'));
  const files = ['orders', 'billing'].map((name): FixedFile => {
    const file = join(place, `${name}.yaml`);
    writeFileSync(file, 'before');
    return {file, before: 'before', after: 'after', fixed: [], notFixed: []};
  });
  writeFileSync(files[1]!.file, 'edited');
  expect(() => writeFixes(files)).toThrow(/billing.yaml changed while it was audited; no template was written/);
  expect(files.map(({file}) => readFileSync(file, 'utf8'))).toEqual(['before', 'edited']);
  rmSync(place, {recursive: true});
});

/** It lies beside the repository. */
const corpus = join(import.meta.dirname, '../../../shared/corpus/serverless-patterns');

test.skipIf(!existsSync(corpus))(
  'no fix brings a finding to a public service, or makes it unreadable',
  async () => {
    let count = 0;
    for (const path of globSync('*/template.{yaml,yml,json}', {cwd: corpus}).sort()) {
      const file = join(corpus, path);
      const text = readFileSync(file, 'utf8');
      const before = await Promise.resolve()
        .then(() => parseTemplate(text, file))
        .catch(() => undefined);
      if (before === undefined) continue;
      const outcome = await fixTemplate(before, {unsafe: true, rules: rules.map(({id}) => id), audit: auditOf});
      const known = new Set((await auditOf(before)).result.findings.map(({fingerprint}) => fingerprint));
      const after = (await auditOf(parseTemplate(outcome.template.text, file))).result.findings;
      const left = outcome.fixed.flatMap(({fix}) => fix.leaves ?? []);
      const gained = after.filter(({rule, fingerprint}) => !known.has(fingerprint) && !left.includes(rule));
      expect([path, gained]).toEqual([path, []]);
      count += outcome.fixed.length;
    }
    expect(count).toBeGreaterThan(50);
  },
  120_000,
);
