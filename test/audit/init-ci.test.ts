import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {parse} from 'yaml';
import Audit from '../../src/commands/audit/index.ts';

const root = resolve(import.meta.dirname, '../..');

let repository: string;
let service: string;
const cwd = process.cwd();

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'gear-init-ci-'));
  service = join(repository, 'services', 'orders');
  mkdirSync(service, {recursive: true});
  mkdirSync(join(repository, '.git'));
  writeFileSync(join(service, 'package.json'), '{"devDependencies": {"serverless-gear": "0.1.0"}}');
});
afterEach(() => {
  vi.restoreAllMocks();
  process.chdir(cwd);
  process.exitCode = undefined;
  rmSync(repository, {recursive: true});
});

async function initCi(folder: string, args: readonly string[]) {
  let output = '';
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation(chunk => {
      output += chunk;
      return true;
    });
  process.chdir(folder);
  process.exitCode = undefined;
  await Audit.run([...args], root);
  return {output, exitCode: process.exitCode ?? 0};
}

const read = (path: string) => readFileSync(join(repository, path), 'utf8');

describe('for GitHub', () => {
  test('audits in the folder where it was written, with what the developer asked for', async () => {
    const {output} = await initCi(service, [
      'template.yaml',
      '--init-ci=github',
      '--fail-on=high',
      '--skip=vpc',
      '--baseline',
      'what is known.json',
    ]);
    expect(output).toBe('Wrote .github/workflows/gear-audit.yml\n');
    expect(read('.github/workflows/gear-audit.yml')).toMatchInlineSnapshot(`
      "# Audits every pull request: annotations beside the lines, a summary of the run, alerts under Security.
      name: gear audit
      on:
        pull_request:
        push:
          branches: [main]
      permissions:
        contents: read
        security-events: write
      jobs:
        audit:
          runs-on: ubuntu-latest
          defaults:
            run:
              working-directory: services/orders
          steps:
            - uses: actions/checkout@v4
            - uses: actions/setup-node@v4
              with:
                node-version: 24
            - run: npm ci
            - name: Audit
              run: "npx gear audit template.yaml --fail-on high --skip vpc --baseline 'what is known.json' --format github --output sarif:gear.sarif --output markdown:gear.md"
            - name: Show the summary
              if: \${{ !cancelled() && hashFiles('services/orders/gear.md') != '' }}
              run: cat gear.md >> "$GITHUB_STEP_SUMMARY"
            - name: Show the alerts
              if: \${{ !cancelled() && hashFiles('services/orders/gear.sarif') != '' }}
              # Code scanning may be off in a private repository; the audit itself has failed or passed above.
              continue-on-error: true
              uses: github/codeql-action/upload-sarif@v3
              with:
                sarif_file: services/orders/gear.sarif
      "
    `);
    const {steps, defaults} = parse(read('.github/workflows/gear-audit.yml')).jobs.audit;
    expect(defaults.run['working-directory']).toBe('services/orders');
    expect(steps.flatMap((step: {run?: string}) => step.run ?? [])[1]).toContain(
      "npx gear audit template.yaml --fail-on high --skip vpc --baseline 'what is known.json' --format github",
    );
  });

  test('brings gear along where the repository does not install it', async () => {
    await initCi(repository, ['--init-ci', 'github']);
    const {steps, defaults} = parse(read('.github/workflows/gear-audit.yml')).jobs.audit;
    expect(defaults).toBeUndefined();
    expect(steps.flatMap((step: {run?: string}) => step.run ?? [])[0]).toMatch(
      /^npx --yes serverless-gear@\d+\.\d+\.\d+ audit --format github --output sarif:gear\.sarif/,
    );
  });
});

describe('for GitLab', () => {
  test('writes a job, and a pipeline that includes it', async () => {
    const {output} = await initCi(service, ['--init-ci', 'gitlab']);
    expect(output).toBe('Wrote .gitlab/gear-audit.yml\nWrote .gitlab-ci.yml\n');
    expect(read('.gitlab/gear-audit.yml')).toMatchInlineSnapshot(`
      "# Audits every merge request; findings stand in its test report.
      gear-audit:
        stage: test
        image: node:24
        script:
          - cd services/orders
          - npm ci
          - npx gear audit --output junit:gear.xml
        artifacts:
          when: always
          reports:
            junit: services/orders/gear.xml
      "
    `);
    expect(parse(read('.gitlab-ci.yml'))).toEqual({include: [{local: '.gitlab/gear-audit.yml'}]});
  });

  test('leaves a pipeline that exists as it is, and says what to add', async () => {
    writeFileSync(join(repository, '.gitlab-ci.yml'), 'test: {script: [make]}\n');
    const {output, exitCode} = await initCi(service, ['--init-ci', 'gitlab']);
    expect(output).toContain('Include it in .gitlab-ci.yml: include: [{local: .gitlab/gear-audit.yml}]');
    expect(read('.gitlab-ci.yml')).toBe('test: {script: [make]}\n');
    expect(exitCode).toBe(0);
  });
});

test('for pre-commit it is a hook of the repository', async () => {
  await initCi(service, ['--init-ci', 'pre-commit']);
  expect(read('.pre-commit-config.yaml')).toMatchInlineSnapshot(`
    "repos:
      - repo: local
        hooks:
          - id: gear-audit
            name: gear audit
            entry: "sh -c 'cd services/orders && npx gear audit'"
            language: system
            files: '(^|/)(template\\.(ya?ml|json)|gear\\.yaml)$|\\.template(\\.(ya?ml|json))?$'
            pass_filenames: false
    "
  `);
  const [{hooks}] = parse(read('.pre-commit-config.yaml')).repos;
  const files = new RegExp(hooks[0].files);
  for (const path of ['template.yaml', 'services/orders/template.json', 'a/b.template.yml', 'orders/gear.yaml'])
    expect(path).toMatch(files);
  for (const path of ['src/index.ts', 'my-template.yaml', 'template.yaml.bak']) expect(path).not.toMatch(files);
});

test.each([
  ['github', '.github/workflows/gear-audit.yml'],
  ['gitlab', '.gitlab/gear-audit.yml'],
  ['pre-commit', '.pre-commit-config.yaml'],
])('for %s it is written once, and never over what somebody else wrote', async (kind, path) => {
  await initCi(service, ['--init-ci', kind]);
  const again = await initCi(service, ['--init-ci', kind]);
  expect(again.output).toContain(`${path} is as it should be`);
  expect(again.exitCode).toBe(0);
  writeFileSync(join(repository, path), 'mine: true\n');
  const {output, exitCode} = await initCi(service, ['--init-ci', kind]);
  expect(output).toContain(`${path} is there already, and says something else`);
  expect(exitCode).toBe(2);
  expect(read(path)).toBe('mine: true\n');
});

test.each([[['--local']], [['--output', 'sarif:a']], [['--format', 'json']], [['--skip', 'nope']]])(
  'refuses %s, which the gate would not have',
  async args => {
    expect((await initCi(service, ['--init-ci', 'github', ...args])).exitCode).toBe(2);
  },
);
