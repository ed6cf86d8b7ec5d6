import {existsSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {Flags} from '@oclif/core';
import type {CiKind, WrittenGate} from '../scaffold/ci-gate.ts';

export const initCiFlag = Flags.option({
  description: 'Write the gate that runs this audit in front of every merge, and audit nothing',
  options: ['github', 'gitlab', 'pre-commit'] as const,
  exclusive: [
    'format',
    'output',
    'update-baseline',
    'explain',
    'account',
    'local',
    'region',
    'profile',
    'endpoint-url',
    'save',
    'from',
    'measured',
    'unused',
  ],
})();

interface AuditWords {
  /** `audit` or `audit iam`. */
  readonly command: string;
  readonly paths: readonly string[];
  readonly flags: Readonly<Record<string, unknown>>;
  readonly version: string;
}

/** The same audit as was typed, in the folder where it was typed. */
export async function initCi(kind: CiKind, {command, paths, flags, version}: AuditWords): Promise<WrittenGate> {
  const {shellWord, writeCiGate} = await import('../scaffold/ci-gate.ts');
  const {repositoryRoot} = await import('../project/repository.ts');
  const here = process.cwd();
  const root = repositoryRoot(here) ?? here;
  const installed = folderThatInstallsGear(here, root);
  const prefix = installed === undefined ? '' : relative(here, installed);
  const words = [...command.split(' '), ...paths, ...kept.flatMap(name => flagWords(name, flags[name]))];
  const gear = installed === undefined ? ['npx', '--yes', `serverless-gear@${version}`] : ['npx', 'gear'];
  return writeCiGate(kind, root, {
    folder: relative(root, here),
    command: [...gear, ...words].map(shellWord).join(' '),
    ...(installed === undefined ? {} : {install: `npm ${prefix === '' ? '' : `--prefix ${shellWord(prefix)} `}ci`}),
  });
}

/** Those that say what passes; where results go is the gate's own to say. */
const kept = ['fail-on', 'only', 'skip', 'baseline', 'parameter', 'stage', 'strict'];

function flagWords(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === false || (name === 'fail-on' && value === 'low')) return [];
  if (value === true) return [`--${name}`];
  return [value].flat().flatMap(each => [`--${name}`, String(each)]);
}

/** The nearest package.json that has gear among its dependencies. */
function folderThatInstallsGear(folder: string, root: string): string | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file) && readFileSync(file, 'utf8').includes('"serverless-gear"')) return folder;
  return resolve(folder) === resolve(root) ? undefined : folderThatInstallsGear(dirname(folder), root);
}

export function gateText({written, unchanged, remaining}: WrittenGate): string {
  return [
    ...written.map(path => `Wrote ${path}`),
    ...unchanged.map(path => `${path} is as it should be`),
    ...(remaining === undefined ? [] : [remaining]),
  ].join('\n');
}
