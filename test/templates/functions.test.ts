import {mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeChange} from '../../src/scaffold/service-change.ts';
import {triggers} from '../../src/scaffold/triggers.ts';
import {writeService} from '../../src/scaffold/write-service.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('a service with a function for every trigger', {timeout: 120_000}, () => {
  /** Inside the repository, so that the service finds its packages in gear's node_modules. */
  const folder = join(root, '.test', `functions-${process.pid}`);
  const template = join(folder, 'template.yaml');

  beforeAll(async () => {
    mkdirSync(join(root, '.test'), {recursive: true});
    await writeService(folder, await renderService({template: 'ingestion', language: 'typescript', name: 'orders'}));
    for (const trigger of triggers)
      await writeChange(folder, await addFunction(readProject(folder), {name: `on-${trigger.name}`, trigger}));
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  /** The service's own programs, as its developers run them. */
  async function run(command: string, ...argv: readonly string[]) {
    const kept = Object.entries(process.env).filter(([variable]) => !/^(VITEST|NODE_|AWS_|GEAR_)/.test(variable));
    const {exitCode, all, code} = await execa(command, argv, {
      cwd: folder,
      env: {...Object.fromEntries(kept), NO_COLOR: '1'},
      extendEnv: false,
      preferLocal: true,
      localDir: root,
      all: true,
      reject: false,
    });
    return {exitCode: code === 'ENOENT' ? undefined : exitCode, output: all};
  }

  it('compiles', async () => {
    expect(await run('tsc', '-p', '.')).toEqual({exitCode: 0, output: ''});
  });

  it('passes its own tests, with those of its template and its README', async () => {
    expect(await run('vitest', 'run')).toMatchObject({exitCode: 0, output: expect.stringMatching(/passed/)});
  });

  it('gives cfn-lint nothing to say', async context => {
    const {exitCode, output} = await run('cfn-lint', 'template.yaml');
    if (exitCode === undefined) context.skip('cfn-lint is not installed');
    expect({exitCode, output}).toEqual({exitCode: 0, output: ''});
  });

  it('gives the audit nothing to find, and nothing that it cannot check', async () => {
    const {result, failures} = await auditTemplates([template], rules, {parameters: {}, today: '2026-11-21'});
    expect({...result, failures}).toMatchObject({findings: [], notChecked: [], failures: []});
  });
});

it('each block is a template by itself, to which cfn-lint has nothing to say', {timeout: 120_000}, async context => {
  const blocks = triggers.map(({name}) => join(root, 'templates', 'functions', `${name}.yaml`));
  // A folder as Code is gear's to upload.
  const {exitCode, all, code} = await execa('cfn-lint', ['--ignore-checks', 'W3002', '--', ...blocks], {
    reject: false,
    all: true,
  });
  if (code === 'ENOENT') context.skip('cfn-lint is not installed');
  expect({exitCode, all}).toEqual({exitCode: 0, all: ''});
});
