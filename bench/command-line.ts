import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {compare, type Figure} from './figure.ts';
import {type Subject, time} from './measure.ts';
import {isInstalled} from './peers.ts';

const gearPath = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const template = fileURLToPath(new URL('../dist/reference/ingestion/template.yaml', import.meta.url));

/** Whole processes, from their start to their exit. */
export async function commandLine(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gear-bench-'));
  try {
    const copies = Array.from({length: 100}, (_, index) => join(folder, `template-${index}.yaml`));
    for (const copy of copies) copyFileSync(template, copy);
    const cfnLint = (await isInstalled('cfn-lint'))
      ? (name: string, paths: readonly string[]) => run(name, 'cfn-lint', paths)
      : undefined;
    const aws = (await isInstalled('aws')) ? run('aws --version', 'aws', ['--version']) : undefined;
    // Once for nothing: the first start fills the cache of compiled code.
    for (const args of [['--version'], ['--help'], ['audit', template]]) await gear(...args).measure(0);
    return [
      ...(await compare(
        'gear --version',
        'ms',
        gear('--version'),
        [node, aws, cfnLint?.('cfn-lint --version', ['--version'])],
        5,
      )),
      ...(await compare('gear --help', 'ms', gear('--help'), [node])),
      ...(await compare(
        'gear audit, 1 template',
        'ms',
        gear('audit', template),
        [node, cfnLint?.('cfn-lint', [template])],
        5,
      )),
      ...(await compare(
        'gear audit, 10 templates',
        'ms',
        gear('audit', ...copies.slice(0, 10)),
        [cfnLint?.('cfn-lint', copies.slice(0, 10))],
        3,
      )),
      ...(await compare(
        'gear audit, 100 templates',
        'ms',
        gear('audit', ...copies),
        [cfnLint?.('cfn-lint of 1', [template])],
        3,
      )),
    ];
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const node = run('node -e 0', process.execPath, ['-e', '0']);

function gear(...args: string[]): Subject {
  return run('gear', process.execPath, [gearPath, ...args]);
}

/** Findings and warnings are no failure here: what is measured is how long it takes to say so. */
function run(name: string, command: string, args: readonly string[]): Subject {
  return {name, measure: () => time(() => execa(command, args, {stdio: 'ignore', reject: false}))};
}
