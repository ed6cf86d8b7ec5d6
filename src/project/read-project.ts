import {existsSync, readFileSync, statSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {parse} from 'yaml';
import {GearError, shownPath} from '../errors.ts';

/** A service on disk: a folder with a template and, when gear wrote it, a gear.yaml. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  readonly service: string;
  readonly stack: string;
  /** Absolute path of the template. */
  readonly template: string;
}

const templateNames = ['template.yaml', 'template.yml', 'template.json'];
const keys = ['service', 'stack', 'template'];

/** `path` is the service's folder or its template file. */
export function readProject(path: string): Project {
  const absolute = resolve(path);
  if (!existsSync(absolute))
    throw new GearError(`There is no ${path}`, {code: 'NO_PROJECT', suggestions: ['gear new service orders']});
  if (!statSync(absolute).isDirectory()) return project(dirname(absolute), {template: basename(absolute)});
  return project(absolute, readSettings(absolute));
}

interface Settings {
  readonly service?: string;
  readonly stack?: string;
  readonly template?: string;
}

function project(folder: string, {service = serviceName(folder), stack = service, template}: Settings): Project {
  const name = template ?? templateNames.find(candidate => existsSync(join(folder, candidate)));
  if (name === undefined || !existsSync(join(folder, name)))
    throw new GearError(
      `${folder === process.cwd() ? 'This folder' : shownPath(folder)} has no ${name ?? 'template.yaml'}`,
      {
        code: 'NO_TEMPLATE',
        suggestions: ['run it in a service’s folder, or give the path of one', 'gear new service orders'],
      },
    );
  return {folder, service, stack, template: join(folder, name)};
}

function readSettings(folder: string): Settings {
  const file = join(folder, 'gear.yaml');
  if (!existsSync(file)) return {};
  const invalid = (what: string) => new GearError(`${shownPath(file)}: ${what}`, {code: 'GEAR_YAML_INVALID'});
  let settings: unknown;
  try {
    settings = parse(readFileSync(file, 'utf8'), {logLevel: 'error'});
  } catch (error) {
    throw invalid((error as Error).message.split('\n')[0]!.replace(/:$/, ''));
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw invalid('it is not a mapping');
  for (const [key, value] of Object.entries(settings)) {
    // What they say is read elsewhere.
    if (key === 'audit' || key === 'build' || key === 'development') continue;
    if (!keys.includes(key))
      throw invalid(`gear does not know the key ${key}; it knows ${keys.join(', ')}, audit, build, development`);
    if (typeof value !== 'string' || value === '') throw invalid(`${key} must be text`);
  }
  return settings;
}

/** A stack's name begins with a letter and has letters, digits and hyphens only. */
function serviceName(folder: string): string {
  const name = basename(folder)
    .replaceAll(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .replace(/-+$/, '');
  return name === '' ? 'service' : name;
}
