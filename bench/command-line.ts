import {copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {compare, type Figure} from './figure.ts';
import {type Subject, time} from './measure.ts';
import {isInstalled} from './peers.ts';

const gearPath = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const reference = fileURLToPath(new URL('../dist/reference', import.meta.url));
const template = fileURLToPath(new URL('../dist/reference/ingestion/template.yaml', import.meta.url));

/** Whole processes, from their start to their exit. */
export async function commandLine(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gear-bench-'));
  try {
    const copies = copyTemplates(folder, 500);
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
        'gear audit, 500 templates',
        'ms',
        gear('audit', folder),
        [
          run('node -e, reading them', process.execPath, ['-e', readAll, ...copies]),
          cfnLint?.('cfn-lint of 1', [template]),
        ],
        5,
      )),
      {what: 'memory of gear audit, 500 templates', gear: await peakMemory(folder), instead: '', ratio: ''},
    ];
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Those of the reference services in turn, in a folder each. */
function copyTemplates(folder: string, count: number): readonly string[] {
  const templates = globSync('*/template.yaml', {cwd: reference}).sort();
  return Array.from({length: count}, (_, index) => {
    const copy = join(folder, String(index), 'template.yaml');
    mkdirSync(join(folder, String(index)));
    copyFileSync(join(reference, templates[index % templates.length]!), copy);
    return copy;
  });
}

const readAll = "for (const file of process.argv.slice(1)) require('node:fs').readFileSync(file, 'utf8')";

/** The most that was resident at any time. */
async function peakMemory(folder: string): Promise<string> {
  const file = join(folder, 'peak');
  const note = `import {writeFileSync} from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`;
  const preload = `data:text/javascript,${encodeURIComponent(note)}`;
  const args = ['--import', preload, gearPath, 'audit', folder];
  await execa(process.execPath, args, {stdio: 'ignore', reject: false});
  return `${(Number(readFileSync(file, 'utf8')) / 1024).toFixed(0)} MiB`;
}

const node = run('node -e 0', process.execPath, ['-e', '0']);

function gear(...args: string[]): Subject {
  return run('gear', process.execPath, [gearPath, ...args]);
}

/** Findings and warnings are no failure here: what is measured is how long it takes to say so. */
function run(name: string, command: string, args: readonly string[]): Subject {
  return {name, measure: () => time(() => execa(command, args, {stdio: 'ignore', reject: false}))};
}
