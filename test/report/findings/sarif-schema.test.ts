import {globSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {audit, combine} from '../../../src/audit/audit.ts';
import {rules} from '../../../src/audit/rules/index.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../../src/inventory/read-template-inventory.ts';
import {findingsFormats} from '../../../src/report/findings/formats.ts';

const require = createRequire(import.meta.url);
/** The schema of SARIF 2.1.0 as Microsoft publishes it, and what validates by it. */
const packages = ['@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'ajv', 'ajv-formats'] as const;
const missing = packages.filter(name => !isInstalled(name));

test.skipIf(missing.length > 0)(
  `SARIF is valid by the schema of 2.1.0${missing.length === 0 ? '' : `, not tested without ${missing.join(', ')}`}`,
  async () => {
    // It says that it is of draft 4, of which it uses nothing that the later ones do not have.
    const [{$schema: _, id: __, ...schema}, {default: Ajv}, {default: addFormats}] = packages.map(name =>
      require(name),
    );
    const ajv = new Ajv({strict: false, unicodeRegExp: false});
    addFormats(ajv);
    const validate = ajv.compile(schema);
    validate(JSON.parse(await sarif()));
    expect(validate.errors).toBe(null);
    expect(validate({version: '2.1.0', runs: [{results: [{message: 'text'}]}]})).toBe(false);
  },
);

/** Of all templates on which some rule fails or cannot tell, ignored and known findings among them. */
async function sarif(): Promise<string> {
  const folder = join(import.meta.dirname, '../../audit/rules');
  const results = await Promise.all(
    globSync('*/*/{fail,unknown}-*.yaml', {cwd: folder}).map(async file => {
      const template = parseTemplate(readFileSync(join(folder, file), 'utf8'), file, {duplicateKeys: 'last'});
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

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
