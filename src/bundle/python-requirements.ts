import {type ExecFileException, execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {GearError} from '../errors.ts';

interface Service {
  /** The service's folder; `entry` is relative to it. */
  readonly folder: string;
  readonly entry: string;
  readonly runtime?: string | undefined;
  /** Whether packages that are not there yet may be fetched. */
  readonly fetch?: boolean;
}

/** What has to be fetched for a Python function. */
export interface Requirements {
  readonly file: string;
  /** The file, relative to the service. */
  readonly shown: string;
  /** `3.13`. */
  readonly version: string;
  /** What is listed beyond what Lambda's runtime has. */
  readonly text: string;
  /** Where they lie once they are fetched: under a hash of what is wanted. */
  readonly folder: string;
}

/** What requirements.txt lists beyond what Lambda's runtime has; undefined when that is nothing. */
export async function readRequirements({folder, entry, runtime}: Service): Promise<Requirements | undefined> {
  const file = nearestRequirements(folder, dirname(join(folder, entry)));
  if (file === undefined) return undefined;
  const shown = relative(folder, file);
  const lines = wanted(await readFile(file, 'utf8'), shown);
  if (!lines.some(line => packageName(line) !== undefined)) return undefined;
  const version = /^python(3\.\d+)$/.exec(runtime ?? '')?.[1] ?? '3.13';
  const text = `${lines.join('\n')}\n`;
  const hash = createHash('sha256').update(`${version}\n${text}`).digest('hex').slice(0, 16);
  return {file, shown, version, text, folder: join(folder, '.gear', 'python', hash)};
}

/**
 * The folder with what requirements.txt lists beyond what Lambda's runtime has; undefined when that is nothing, and then
 * neither pip nor a network is needed. Only pure Python: it runs on Lambda whatever machine fetched it.
 */
export async function installRequirements(service: Service): Promise<string | undefined> {
  const requirements = await readRequirements(service);
  if (requirements === undefined) return undefined;
  const {file, shown, version, text, folder: target} = requirements;
  if (existsSync(target)) return target;
  if (service.fetch === false)
    throw new GearError(`${shown} lists packages that are not fetched yet; gear deploy fetches them`, {
      code: 'BUNDLE_FAILED',
    });
  const draft = `${target}.${process.pid}.${service.entry.replaceAll('/', '-')}`;
  try {
    await mkdir(draft, {recursive: true});
    await writeFile(`${draft}.txt`, text);
    await pip(['--target', draft, '--requirement', `${draft}.txt`, ...pureFor(version)], dirname(file), shown);
    await keepPackages(draft, shown);
    await rename(draft, target).catch(error => {
      // Another function of the service was faster.
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    await rm(draft, {recursive: true, force: true});
    await rm(`${draft}.txt`, {force: true});
  }
}

/** The function's own, else the service's. */
function nearestRequirements(folder: string, from: string): string | undefined {
  for (let current = from; ; current = dirname(current)) {
    const file = join(current, 'requirements.txt');
    if (existsSync(file)) return file;
    if (relative(folder, current) === '' || current === dirname(current)) return undefined;
  }
}

/** Part of Lambda's Python runtimes. https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html */
const inTheRuntime = ['boto3', 'botocore', 's3transfer', 'jmespath', 'urllib3', 'python-dateutil', 'six'];

function wanted(text: string, shown: string): string[] {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line => line.replace(/(^|\s)#.*$/, '').trim());
  return lines.filter(line => {
    if (/^(-r|-c|-e|--requirement|--constraint|--editable)\b/.test(line))
      throw new GearError(`${shown} has the line "${line}": gear reads one file of requirements, by name`, {
        code: 'BUNDLE_FAILED',
        suggestions: [`name the packages in ${shown}`],
      });
    return line !== '' && !inTheRuntime.includes(packageName(line) ?? '');
  });
}

/** As PyPI compares names; undefined for a line of options. */
function packageName(line: string): string | undefined {
  return /^[A-Za-z\d][\w.-]*/
    .exec(line)?.[0]
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
}

function pureFor(version: string): string[] {
  return ['--only-binary=:all:', '--implementation=py', '--abi=none', '--platform=any', `--python-version=${version}`];
}

function pip(argv: readonly string[], cwd: string, shown: string): Promise<void> {
  const quiet = ['--quiet', '--no-compile', '--no-input', '--disable-pip-version-check', '--no-warn-script-location'];
  return new Promise((resolve, reject) => {
    execFile('python3', ['-m', 'pip', 'install', ...quiet, ...argv], {cwd}, (error, _, stderr) => {
      if (error === null) resolve();
      else reject(describeFailure(error, stderr, shown));
    });
  });
}

function describeFailure(error: ExecFileException, stderr: string, shown: string): GearError {
  const failed = (what: string, suggestions: readonly string[] = []) =>
    new GearError(`${shown}: ${what}`, {code: 'BUNDLE_FAILED', suggestions, cause: error});
  if (error.code === 'ENOENT') return failed('its packages are fetched with python3 -m pip, and there is no python3');
  if (/No module named pip/.test(stderr))
    return failed('its packages are fetched with python3 -m pip, and python3 has no pip', ['python3 -m ensurepip']);
  const missing = /No matching distribution found for (\S+)/.exec(stderr)?.[1];
  if (missing !== undefined)
    return failed(
      `there is no pure-Python wheel of ${missing} to be found. What holds compiled code must be built for Lambda's Linux, which gear does not do`,
      [`take ${missing} from a Lambda layer, or build the package in a container and give it as Code`],
    );
  return failed(`pip failed: ${stderr.trim().split('\n').at(-1)}`);
}

/** What pip leaves beside the packages differs between machines, and what the runtime has may come along with others. */
async function keepPackages(folder: string, shown: string): Promise<void> {
  const modules = inTheRuntime.map(name => (name === 'python-dateutil' ? 'dateutil' : name));
  for (const name of await readdir(folder)) {
    const distribution = /^(.+?)-[^-]+\.dist-info$/.exec(name)?.[1];
    const isRuntimes =
      distribution === undefined
        ? modules.includes(name.replace(/\.py$/, ''))
        : inTheRuntime.includes(packageName(distribution)!);
    if (isRuntimes || name === 'bin' || name === '__pycache__') await rm(join(folder, name), {recursive: true});
    else if (distribution !== undefined)
      for (const file of ['RECORD', 'INSTALLER', 'REQUESTED', 'direct_url.json'])
        await rm(join(folder, name, file), {force: true});
  }
  const native = (await readdir(folder, {recursive: true})).find(path => /\.(so|pyd|dylib)$/.test(path));
  if (native !== undefined)
    throw new GearError(
      `${shown}: ${native} is compiled code, which must be built for Lambda's Linux; gear does not do that`,
      {code: 'BUNDLE_FAILED'},
    );
}
