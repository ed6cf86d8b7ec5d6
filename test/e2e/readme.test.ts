import {copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {afterAll, expect, test} from 'vitest';
import {demoFiles} from '../../scripts/demo-files.ts';
import {gearPath, repository} from './gear.ts';

/**
 * The README's tour, run as it is printed. Each ```console block holds commands behind `$ ` and what they print;
 * a line of three dots stands for lines left out. What differs from run to run is folded on both sides.
 */
const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const steps = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => stepsOf(block!));

interface Step {
  readonly command: string;
  readonly expected: readonly string[];
}

function stepsOf(block: string): Step[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map(text => {
      const [command = '', ...expected] = text.trimEnd().split('\n');
      return {command, expected};
    });
}

const folder = mkdtempSync(join(tmpdir(), 'gear-readme-'));
mkdirSync(join(folder, 'inbox'));
copyFileSync(join(import.meta.dirname, 'fixtures/bad.yaml'), join(folder, 'bad.yaml'));
for (const [name, bytes] of Object.entries(demoFiles())) writeFileSync(join(folder, 'inbox', name), bytes);

afterAll(async () => {
  await run('gear local stop');
  rmSync(folder, {recursive: true, force: true});
});

/** Outputs of the deployment, by which the README's names are replaced with this run's. */
const names = new Map<string, string>();

async function run(command: string): Promise<string> {
  let line = command;
  for (const [printed, actual] of names) line = line.replaceAll(printed, actual);
  const {all} = await execa('bash', ['-c', line], {
    cwd: folder,
    all: true,
    reject: false,
    env: {NO_COLOR: '1', PATH: `${join(folder, 'bin')}:${process.env.PATH}`},
  });
  return all;
}

mkdirSync(join(folder, 'bin'));
writeFileSync(join(folder, 'bin/gear'), `#!/bin/sh\nexec "${process.execPath}" "${gearPath}" "$@"\n`, {mode: 0o755});

/** Ids, ports, times and counts of polls are another's in every run. */
function folded(line: string): string {
  return line
    .replaceAll(/[0-9A-Z]{12}\b/g, 'ID')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/\b[0-9a-f]{8,64}\b/g, 'HASH')
    .replaceAll(/\d+(\.\d+)? (ms|s|KB)\b/g, 'N $2')
    .replaceAll(/\b(\d+ times|once)( on \d+ resources?)?/g, 'N times')
    .replaceAll(/\[ ?\d+\/\d+\]/g, '[N]')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\d+ invocations?/g, 'N invocations')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

test('the README has a tour', () => expect(steps.length).toBeGreaterThan(4));

test.each(steps.map(step => [step.command, step] as const))(
  '$ %s',
  {timeout: 60_000},
  async (_, {command, expected}) => {
    const wanted = expected.map(folded).filter(line => line !== '' && line !== '...');
    const deadline = Date.now() + 40_000;
    for (;;) {
      const output = await run(command);
      for (const line of expected) rememberName(line, output);
      const lines = output.split('\n').map(folded);
      const missing = wanted.filter(line => !lines.includes(line));
      // Rows and uses arrive some seconds after the objects.
      if (missing.length === 0 || Date.now() > deadline || !/local (rows|usage)/.test(command)) {
        expect({missing, output: missing.length === 0 ? '' : output}).toEqual({missing: [], output: ''});
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  },
);

function rememberName(line: string, output: string): void {
  const [, key, value] = /^ {2}(\w+(?:Name|Url))\s+(\S+)$/.exec(line) ?? [];
  const actual = key && new RegExp(`^ {2}${key}\\s+(\\S+)$`, 'm').exec(output)?.[1];
  if (value && actual) names.set(value, actual);
}
