import {execFile} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {homedir} from 'node:os';
import {delimiter, join} from 'node:path';

export interface Python {
  readonly executable: string;
  /** `3.13.1`. */
  readonly version: string;
  readonly minor: number;
  /** The folder in which boto3 lies; none when no Python of this machine has it. */
  readonly sdk: readonly [string] | undefined;
  /** Another Python installed it. */
  readonly sdkIsForeign: boolean;
}

/** The part of `process` that says which machine this is. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
}

const oldestMinor = 10;

/**
 * The Python for a runtime: `python3` when it is of that version (so that a virtual environment is honoured), else any
 * other of that version, else the newest there is. boto3 is taken from it, or from any other: it is pure Python.
 */
export async function findPython(minor: number, {env}: Surroundings): Promise<Python | undefined> {
  const nearest = [...onPath('python3', env), ...onPath(`python3.${minor}`, env), ...installed(`3.${minor}.`, env)];
  const near = await probe(nearest, env);
  const exact = near.find(python => python.minor === minor);
  if (exact !== undefined && near.some(hasSdk)) return withSdk(exact, near);
  const all = [...near, ...(await probe([...anyOnPath(env), ...installed('3.', env)], env, nearest))];
  const chosen = exact ?? all.toSorted((a, b) => b.minor - a.minor)[0];
  return chosen && withSdk(chosen, all);
}

function hasSdk({sdk}: Python): boolean {
  return sdk !== undefined;
}

function withSdk(python: Python, others: readonly Python[]): Python {
  if (hasSdk(python)) return python;
  const lender = others.find(hasSdk);
  return {...python, sdk: lender?.sdk, sdkIsForeign: lender !== undefined};
}

/** Those that run, and are new enough; in order. A shim of a version that is not there exists and does not run. */
async function probe(
  paths: readonly string[],
  env: Surroundings['env'],
  known: readonly string[] = [],
): Promise<readonly Python[]> {
  const fresh = [...new Set(paths)].filter(path => !known.includes(path));
  const found = await Promise.all(fresh.map(path => ask(path, env)));
  return found.filter(python => python !== undefined).filter(({minor}) => minor >= oldestMinor);
}

const question = `import importlib.util, json, os, sys
sys.path = [path for path in sys.path if path]
boto3 = importlib.util.find_spec('boto3')
sdk = boto3 and boto3.origin and os.path.dirname(os.path.dirname(boto3.origin))
print(json.dumps([sys.executable, list(sys.version_info[:3]), sdk]))`;

function ask(path: string, env: Surroundings['env']): Promise<Python | undefined> {
  return new Promise(resolve => {
    const options = {env: {...env}, timeout: 10_000, encoding: 'utf8' as const};
    execFile(path, ['-E', '-c', question], options, (error, stdout) => {
      if (error !== null) return resolve(undefined);
      const [executable, version, sdk] = JSON.parse(stdout) as [string, [number, number, number], string | null];
      const shared = {executable, version: version.join('.'), sdkIsForeign: false};
      resolve({...shared, minor: version[0] === 3 ? version[1] : 0, sdk: sdk === null ? undefined : [sdk]});
    });
  });
}

function onPath(name: string, env: Surroundings['env']): string[] {
  const folders = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  return folders.map(folder => join(folder, name)).filter(path => existsSync(path));
}

function anyOnPath(env: Surroundings['env']): string[] {
  return [14, 13, 12, 11, 10].flatMap(minor => onPath(`python3.${minor}`, env));
}

/** What pyenv and uv keep, whether or not it is in use here; the newest first. */
function installed(version: string, env: Surroundings['env']): string[] {
  const home = env.HOME ?? homedir();
  const folders = [
    join(env.PYENV_ROOT ?? join(home, '.pyenv'), 'versions'),
    env.UV_PYTHON_INSTALL_DIR ?? join(env.XDG_DATA_HOME ?? join(home, '.local/share'), 'uv/python'),
  ];
  return folders.flatMap(folder =>
    namesIn(folder)
      .filter(name => name.replace(/^cpython-/, '').startsWith(version))
      .sort((a, b) => b.localeCompare(a, 'en', {numeric: true}))
      .map(name => join(folder, name, 'bin/python3'))
      .filter(path => existsSync(path)),
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
