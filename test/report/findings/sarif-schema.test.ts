import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import schemaOfSarif from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with {type: 'json'};
import {Ajv} from 'ajv';
import addFormats from 'ajv-formats';
import {expect, test} from 'vitest';
import {audit, combine} from '../../../src/audit/audit.ts';
import {rules} from '../../../src/audit/rules/index.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../../src/inventory/read-template-inventory.ts';
import {findingsFormats} from '../../../src/report/findings/formats.ts';

test('SARIF is valid by the schema of 2.1.0', async () => {
  // Draft 4, as it says, of which it uses nothing that the later ones do not have.
  const {$schema: _, id: __, ...schema} = schemaOfSarif as Record<string, unknown>;
  const ajv = new Ajv({strict: false, unicodeRegExp: false});
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  validate(JSON.parse(await sarif()));
  expect(validate.errors).toBe(null);
  expect(validate({version: '2.1.0', runs: [{results: [{message: 'text'}]}]})).toBe(false);
});

/** Of all templates on which some rule fails or cannot tell, ignored and known findings among them. */
async function sarif(): Promise<string> {
  const folder = join(import.meta.dirname, '../../audit/rules');
  const results = await Promise.all(
    globSync('*/*/{fail,unknown}-*.yaml', {cwd: folder}).map(async file => {
      const path = join(folder, file);
      const template = parseTemplate(readFileSync(path, 'utf8'), path, {duplicateKeys: 'last'});
      return audit(await readTemplateInventory(template), rules, {today: '2026-11-22'});
    }),
  );
  const {findings, ...result} = combine(results);
  const marked = findings.map((finding, index) => ({...finding, known: index % 7 === 0}));
  const [unread] = result.notChecked;
  return findingsFormats.sarif({
    result: {...result, findings: marked},
    notRead: [{...unread!, reason: 'it is no template'}],
    rules,
    failOn: 'low',
    baseline: true,
    gone: [],
    version: '0.1.0',
    pathOf: file => file,
  });
}
