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
