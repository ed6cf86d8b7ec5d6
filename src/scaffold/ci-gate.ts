import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describeFileError, GearError} from '../errors.ts';

export type CiKind = 'github' | 'gitlab' | 'pre-commit';

interface Gate {
  /** Folder in which the audit runs, from the root of the repository; empty for the root itself. */
  readonly folder: string;
  /** The audit as a shell takes it, without its outputs: `npx gear audit --fail-on high`. */
  readonly command: string;
  /** What has to be run before; absent where the command brings gear along. */
  readonly install?: string;
}

export interface WrittenGate {
  readonly written: readonly string[];
  /** Files that say the same already. */
  readonly unchanged: readonly string[];
  /** What remains to be done by hand. */
  readonly remaining?: string;
}

/** Writes all of its files or none: a file that says something else is somebody's work. */
export function writeCiGate(kind: CiKind, root: string, gate: Gate): WrittenGate {
  const files = gateFiles[kind](gate).filter(({path, onlyIfNone}) => !onlyIfNone || !existsSync(join(root, path)));
  const differs = ({path, text}: GateFile) =>
    existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') !== text;
  try {
    const other = files.find(differs);
    if (other !== undefined)
      throw new GearError(`${other.path} is there already, and says something else`, {
        code: 'FILE_EXISTS',
        suggestions: [`move ${other.path} away, run it again, and put the two together by hand`],
      });
    const missing = files.filter(({path}) => !existsSync(join(root, path)));
    for (const {path, text} of missing) {
      mkdirSync(dirname(join(root, path)), {recursive: true});
      writeFileSync(join(root, path), text, {flag: 'wx'});
    }
    const unchanged = files.filter(file => !missing.includes(file)).map(({path}) => path);
    const remaining = kind === 'gitlab' ? missingInclude(root) : undefined;
    return {written: missing.map(({path}) => path), unchanged, ...(remaining === undefined ? {} : {remaining})};
  } catch (error) {
    throw describeFileError(error);
  }
}

interface GateFile {
  readonly path: string;
  readonly text: string;
  /** Whatever is in it, one that exists is left as it is. */
  readonly onlyIfNone?: boolean;
}

const gateFiles: Readonly<Record<CiKind, (gate: Gate) => readonly GateFile[]>> = {
  github: gate => [{path: '.github/workflows/gear-audit.yml', text: githubWorkflow(gate)}],
  gitlab: gate => [
    {path: gitlabJobPath, text: gitlabJob(gate)},
    {path: '.gitlab-ci.yml', text: `include:\n  - local: ${gitlabJobPath}\n`, onlyIfNone: true},
  ],
  'pre-commit': gate => [{path: '.pre-commit-config.yaml', text: preCommitConfig(gate)}],
};

const gitlabJobPath = '.gitlab/gear-audit.yml';

/** A pipeline that exists is its authors' to change. */
function missingInclude(root: string): string | undefined {
  if (readFileSync(join(root, '.gitlab-ci.yml'), 'utf8').includes(gitlabJobPath)) return undefined;
  return `Include it in .gitlab-ci.yml: include: [{local: ${gitlabJobPath}}]`;
}

function githubWorkflow({folder, command, install}: Gate): string {
  const inFolder = (file: string) => (folder === '' ? file : `${folder}/${file}`);
  return `# Audits every pull request: annotations beside the lines, a summary of the run, alerts under Security.
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
${folder === '' ? '' : `    defaults:\n      run:\n        working-directory: ${quoted(folder)}\n`}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
${install === undefined ? '' : `      - run: ${quoted(install)}\n`}      - name: Audit
        run: ${quoted(`${command} --format github --output sarif:gear.sarif --output markdown:gear.md`)}
      - name: Show the summary
        if: \${{ !cancelled() && hashFiles(${text(inFolder('gear.md'))}) != '' }}
        run: cat gear.md >> "$GITHUB_STEP_SUMMARY"
      - name: Show the alerts
        if: \${{ !cancelled() && hashFiles(${text(inFolder('gear.sarif'))}) != '' }}
        # Code scanning may be off in a private repository; the audit itself has failed or passed above.
        continue-on-error: true
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: ${quoted(inFolder('gear.sarif'))}
`;
}

function gitlabJob({folder, command, install}: Gate): string {
  const steps = [...(folder === '' ? [] : [`cd ${shellWord(folder)}`]), ...(install === undefined ? [] : [install])];
  return `# Audits every merge request; findings stand in its test report.
gear-audit:
  stage: test
  image: node:24
  script:
${[...steps, `${command} --output junit:gear.xml`].map(step => `    - ${quoted(step)}\n`).join('')}  artifacts:
    when: always
    reports:
      junit: ${quoted(folder === '' ? 'gear.xml' : `${folder}/gear.xml`)}
`;
}

function preCommitConfig({folder, command}: Gate): string {
  const entry = folder === '' ? command : `sh -c ${shellWord(`cd ${shellWord(folder)} && ${command}`)}`;
  return `repos:
  - repo: local
    hooks:
      - id: gear-audit
        name: gear audit
        entry: ${quoted(entry)}
        language: system
        files: '(^|/)(template\\.(ya?ml|json)|gear\\.yaml)$|\\.template(\\.(ya?ml|json))?$'
        pass_filenames: false
`;
}

/** One word of a shell. */
export function shellWord(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A value of YAML: as it is where it can be. */
function quoted(value: string): string {
  return /^[\w./][\w ./:=,@%+*-]*$/.test(value) && !/: |:$/.test(value) ? value : JSON.stringify(value);
}

/** A text in an expression of a workflow. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
