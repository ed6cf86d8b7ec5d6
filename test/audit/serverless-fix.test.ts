import {join} from 'node:path';
import {expect, test} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';

const folder = join(import.meta.dirname, 'serverless-fix');

async function fixed(unsafe: boolean) {
  const {fixes = [], failures} = await auditTemplates([join(folder, 'serverless.yml')], rules, {
    today: '2026-11-21',
    parameters: {},
    fix: {unsafe, allRules: rules},
  });
  expect(failures).toEqual([]);
  return fixes[0]!;
}

test.each([false, true])('the settings of a service are fixed in place, unsafe ones too: %s', async unsafe => {
  const {after, fixed: fixes, notFixed} = await fixed(unsafe);
  const name = unsafe ? 'unsafe' : 'safe';
  const lines = [
    ...fixes.map(({finding, fix}) => `${finding.rule}: ${fix.what}`),
    'not fixed',
    ...notFixed.map(({finding, reason}) => `${finding.rule} ${finding.resource}: ${reason.replace(`${folder}/`, '')}`),
  ];
  await expect(after).toMatchFileSnapshot(join(folder, `${name}.after.yml`));
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(folder, `${name}.txt`));
});

test('a file in which one text stands for several places is left alone, finding by finding', async () => {
  const file = join(import.meta.dirname, 'serverless/anchors/serverless.yaml');
  const {fixes = [], result} = await auditTemplates([file], rules, {
    today: '2026-11-21',
    parameters: {},
    fix: {unsafe: true, allRules: rules},
  });
  expect(fixes[0]!.fixed).toEqual([]);
  expect(fixes[0]!.notFixed).toHaveLength(result.findings.length);
  expect(fixes[0]!.notFixed[0]!.reason).toBe(
    `gear edits files with no anchors or aliases only, and one stands at ${file}:19`,
  );
});
