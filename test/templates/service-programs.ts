import {join} from 'node:path';
import {execa} from 'execa';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {repository} from '../e2e/gear.ts';

const python = await findPython(13, process);
const python3 = python?.executable ?? 'python3';

/** What the developers of a service have in its language. */
interface LanguagePrograms {
  /** Why its code cannot run here. */
  readonly missing?: string | false;
  /** Programs with their arguments: each ends with 0 and says nothing that is not expected. */
  readonly check: readonly string[];
  readonly test: readonly string[];
  readonly passed: RegExp;
  /** The test of the deployed service: it runs `gear`. */
  readonly endToEnd: readonly string[];
  /** Prints what kind of thing the handler is, when it is loaded from a package. */
  load(folder: string, handler: string): readonly [string, ...string[]];
  readonly variables?: Readonly<Record<string, string>>;
}

export const languagePrograms: Readonly<Record<string, LanguagePrograms>> = {
  typescript: {
    check: ['tsc', '-p', '.'],
    test: ['vitest', 'run'],
    passed: /passed/,
    endToEnd: ['vitest', 'run', '--config', 'e2e/vitest.config.ts'],
    load: folder => [
      process.execPath,
      '-e',
      `import(${JSON.stringify(join(folder, 'index.mjs'))}).then(({handler}) => console.log(typeof handler))`,
    ],
  },
  python: {
    missing: python?.sdk === undefined && 'there is no Python 3.10 with boto3 here',
    check: [python3, '-m', 'compileall', '-q', '.'],
    test: [python3, '-m', 'unittest'],
    passed: /\nOK\n*$/,
    endToEnd: [python3, '-m', 'unittest', 'e2e.end_to_end'],
    load: (_, handler) => [
      python3,
      '-c',
      `import importlib; handler = importlib.import_module(${JSON.stringify(handler.replace(/\.\w+$/, ''))}).handler
print(type(handler).__name__)`,
    ],
    // The tests run on the Python that the functions run on, which may have its boto3 from another.
    variables: {PYTHONPATH: python?.sdk?.[0] ?? '', PYTHONDONTWRITEBYTECODE: '1'},
  },
};

/** Why a service in the language cannot run on this machine. */
export function missing(language: string): string | undefined {
  return languagePrograms[language]!.missing || undefined;
}

/** A program as the service's developers run it; without an exit code when it is not installed. */
export async function runProgram(
  folder: string,
  [command, ...argv]: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{exitCode: number | undefined; output: string}> {
  const kept = Object.entries(process.env).filter(([variable]) => !/^(VITEST|NODE_|AWS_|GEAR_)/.test(variable));
  const {exitCode, all, code} = await execa(command!, argv, {
    cwd: folder,
    env: {...Object.fromEntries(kept), ...variables, NO_COLOR: '1'},
    extendEnv: false,
    preferLocal: true,
    localDir: repository,
    all: true,
    reject: false,
  });
  return {exitCode: code === 'ENOENT' ? undefined : exitCode, output: all};
}
