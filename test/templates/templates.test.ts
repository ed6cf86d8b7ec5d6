import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {bundleEntry} from '../../src/bundle/bundle-entry.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {localFunctions} from '../../src/deploy/package-functions.ts';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {templates} from '../../src/scaffold/templates.ts';
import {writeService} from '../../src/scaffold/write-service.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const python = await findPython(13, process);

interface Language {
  /** Why its code cannot run here. */
  readonly missing?: string | false;
  /** Programs of the language with their arguments: each ends with 0 and says nothing that is not expected. */
  readonly check: readonly string[];
  readonly test: readonly string[];
  readonly passed: RegExp;
  /** Bytes of one function's package. */
  readonly largest: number;
  /** Prints what kind of thing the handler is, when it is loaded from a package. */
  load(folder: string, handler: string): readonly [string, ...string[]];
  readonly variables?: Readonly<Record<string, string>>;
}

const languages: Readonly<Record<string, Language>> = {
  typescript: {
    check: ['tsc', '-p', '.'],
    test: ['vitest', 'run'],
    passed: /passed/,
    largest: 750_000,
    load: folder => [
      process.execPath,
      '-e',
      `import(${JSON.stringify(join(folder, 'index.mjs'))}).then(({handler}) => console.log(typeof handler))`,
    ],
  },
  python: {
    missing: python?.sdk === undefined && 'there is no Python 3.10 with boto3 here',
    check: [python?.executable ?? 'python3', '-m', 'compileall', '-q', '.'],
    test: [python?.executable ?? 'python3', '-m', 'unittest'],
    passed: /\nOK\n*$/,
    largest: 200_000,
    load: (_, handler) => [
      python?.executable ?? 'python3',
      '-c',
      `import importlib; handler = importlib.import_module(${JSON.stringify(handler.replace(/\.\w+$/, ''))}).handler
print(type(handler).__name__)`,
    ],
    // The tests run on the Python that the functions run on, which may have its boto3 from another.
    variables: {PYTHONPATH: python?.sdk?.[0] ?? '', PYTHONDONTWRITEBYTECODE: '1'},
  },
};

const services = templates.flatMap(({name, languages: written, queues}) =>
  written.flatMap(language => (queues.length === 0 ? [undefined] : queues).map(queue => ({name, language, queue}))),
);

describe.each(services)('the template $name in $language with the queue $queue', ({name, language, queue}) => {
  const {missing = false, check, test, passed, largest, load, variables = {}} = languages[language]!;
  /** Inside the repository, so that the service finds its packages in gear's node_modules. */
  const folder = join(root, '.test', `${name}-${language}-${queue}-${process.pid}`);
  const template = () => join(folder, 'template.yaml');

  beforeAll(async () => {
    mkdirSync(join(root, '.test'), {recursive: true});
    await writeService(folder, await renderService({template: name, language, queue, name: 'orders'}));
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  /** The service's own programs, as its developers run them. */
  async function run(
    ...[command, ...argv]: readonly string[]
  ): Promise<{exitCode: number | undefined; output: string}> {
    const kept = Object.entries(process.env).filter(([variable]) => !/^(VITEST|NODE_|AWS_|GEAR_)/.test(variable));
    const {exitCode, all, code} = await execa(command!, argv, {
      cwd: folder,
      env: {...Object.fromEntries(kept), ...variables, NO_COLOR: '1'},
      extendEnv: false,
      preferLocal: true,
      localDir: root,
      all: true,
      reject: false,
    });
    return {exitCode: code === 'ENOENT' ? undefined : exitCode, output: all};
  }

  it('compiles', async context => {
    if (missing) context.skip(missing);
    expect(await run(...check)).toEqual({exitCode: 0, output: ''});
  });

  it('passes its own tests', async context => {
    if (missing) context.skip(missing);
    expect(await run(...test)).toMatchObject({exitCode: 0, output: expect.stringMatching(passed)});
  });

  it('gives cfn-lint nothing to say', async context => {
    const {exitCode, output} = await run('cfn-lint', 'template.yaml');
    if (exitCode === undefined) context.skip('cfn-lint is not installed');
    expect({exitCode, output}).toEqual({exitCode: 0, output: ''});
  });

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

  it('packs each function small, and what it packs starts', async context => {
    if (missing) context.skip(missing);
    const functions = localFunctions(parseTemplate(readFileSync(template(), 'utf8'), template()));
    expect(functions.length).toBeGreaterThan(0);
    for (const {logicalId, code, entry, handler, runtime} of functions) {
      const {files} = await bundleEntry({folder, entry: entry!, output: code, handler, runtime, fallbackModules: []});
      expect(files.reduce((sum, {bytes}) => sum + bytes, 0)).toBeLessThan(largest);
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
