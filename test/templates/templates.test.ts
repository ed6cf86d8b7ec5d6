import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {bundleEntry} from '../../src/bundle/bundle-entry.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {localFunctions} from '../../src/deploy/local-functions.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {languagePrograms} from './service-programs.ts';
import {variants} from './variants.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What needs more time, npm run test:full does with the same services: test/matrix/matrix.test.ts. */
describe.each(variants)('the template $title', {timeout: 120_000}, ({template: name, language, queue}) => {
  const {missing = false, load, variables = {}} = languagePrograms[language]!;
  /** Inside the repository, so that the service finds its packages in gear's node_modules. */
  const folder = join(root, '.test', `${name}-${language}-${queue}-${process.pid}`);
  const template = () => join(folder, 'template.yaml');

  beforeAll(async () => {
    mkdirSync(join(root, '.test'), {recursive: true});
    await writeService(folder, await renderService({template: name, language, queue, name: 'orders'}));
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  it('gives the audit nothing to find, and nothing that it cannot check', async () => {
    const {result, failures} = await auditTemplates([template()], rules, {parameters: {}, today: '2026-11-21'});
    expect({...result, failures}).toMatchObject({findings: [], notChecked: [], failures: []});
  });

  it('names each statement of a role in a table of its README, with the same actions', () => {
    const rows = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(permissionRow)];
    const described = rows.map(([, role, sid, actions]) => [
      role,
      sid,
      actions!.split(',').map(action => action.replaceAll('`', '').trim()),
    ]);
    expect(described).toEqual(statements(readFileSync(template(), 'utf8')));
    expect(described.length).toBeGreaterThan(0);
  });

  it('packs each function, and what it packs starts', async context => {
    if (missing) context.skip(missing);
    const functions = localFunctions(parseTemplate(readFileSync(template(), 'utf8'), template()));
    expect(functions.length).toBeGreaterThan(0);
    for (const {logicalId, code, entry, handler, runtime} of functions) {
      await bundleEntry({folder, entry: entry!, output: code, handler, runtime, fallbackModules: []});
      const output = join(folder, code);
      const [program, ...argv] = load(output, handler!);
      const env = {...settings(readFileSync(template(), 'utf8'), logicalId), ...variables, AWS_REGION: 'us-east-1'};
      const loaded = execFileSync(program, argv, {cwd: output, env: {...env, AWS_DEFAULT_REGION: 'us-east-1'}});
      expect([relative(folder, output), loaded.toString().trim()]).toEqual([relative('.', code), 'function']);
    }
  });
});

const permissionRow = /^\| *`([\w-]+)` *\| *(\w+) *\| *(`.+?`) *\|/gm;

interface Resources {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Properties?: {
          readonly Environment?: {readonly Variables: Readonly<Record<string, unknown>>};
          readonly Policies?: readonly {
            readonly PolicyName: string;
            readonly PolicyDocument: {readonly Statement: readonly {readonly Sid: string; readonly Action: string[]}[]};
          }[];
        };
      }
    >
  >;
}

function resourcesOf(text: string): Resources['Resources'] {
  return (parse(text, {logLevel: 'silent'}) as Resources).Resources;
}

function statements(text: string): [string, string, string[]][] {
  return Object.values(resourcesOf(text))
    .flatMap(({Properties}) => Properties?.Policies ?? [])
    .flatMap(({PolicyName, PolicyDocument}) =>
      PolicyDocument.Statement.map(({Sid, Action}): [string, string, string[]] => [PolicyName, Sid, Action]),
    );
}

/** The function's variables: as they stand, or something that looks like what CloudFormation would put there. */
function settings(text: string, logicalId: string): Record<string, string> {
  const {Variables = {}} = resourcesOf(text)[logicalId]?.Properties?.Environment ?? {};
  return Object.fromEntries(Object.entries(Variables).map(([variable, value]) => [variable, String(value)]));
}
