import {existsSync, readFileSync, statSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {parse, YAMLParseError} from 'yaml';
import {GearError, shownPath} from '../errors.ts';
import {isObject} from '../model/is-object.ts';
import {type DeploymentSettings, deploymentKeys, readDeploymentSettings} from './deployment-settings.ts';
import {invalidIn, requireKnownKeys} from './gear-yaml.ts';

/** A service on disk: a folder with a template and, when gear wrote it, a gear.yaml. */
export interface Project extends DeploymentSettings {
  /** Absolute. */
  readonly folder: string;
  readonly service: string;
  /** With the stage at its end, where one was asked for. */
  readonly stack: string;
  readonly stage?: string;
  /** Absolute path of the template. */
  readonly template: string;
}

export const templateNames = ['template.yaml', 'template.yml', 'template.json'];
const textKeys = ['service', 'stack', 'template'];
// What the last ones say is read elsewhere.
const keys = [...textKeys, ...deploymentKeys, 'audit', 'build', 'development'];

/** `path` is the service's folder or its template file. */
export function readProject(path: string, stage?: string): Project {
  const absolute = resolve(path);
  if (!existsSync(absolute))
    throw new GearError(`There is no ${path}`, {code: 'NO_PROJECT', suggestions: ['gear new service orders']});
  if (!statSync(absolute).isDirectory())
    return project(dirname(absolute), {template: basename(absolute), ...nothingMore}, stage);
  return project(absolute, readSettings(absolute, stage), stage);
}

interface Settings extends DeploymentSettings {
  readonly service?: string;
  readonly stack?: string;
  readonly template?: string;
}

const nothingMore: DeploymentSettings = {parameters: {}, dependsOn: []};

function project(
  folder: string,
  {service = serviceName(folder), stack = service, template, ...deployment}: Settings,
  stage: string | undefined,
): Project {
  const name = template ?? templateNames.find(candidate => existsSync(join(folder, candidate)));
  if (name === undefined || !existsSync(join(folder, name)))
    throw new GearError(
      `${folder === process.cwd() ? 'This folder' : shownPath(folder)} has no ${name ?? 'template.yaml'}`,
      {
        code: 'NO_TEMPLATE',
        suggestions: ['run it in a service’s folder, or give the path of one', 'gear new service orders'],
      },
    );
  requireStageName(stage);
  return {
    folder,
    service,
    stack: stage === undefined ? stack : `${stack}-${stage}`,
    ...(stage === undefined ? {} : {stage}),
    template: join(folder, name),
    ...deployment,
  };
}

/** It becomes part of a stack's name. */
function requireStageName(stage: string | undefined): void {
  if (stage === undefined || /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(stage)) return;
  throw new GearError(`${stage} is no name of a stage: letters, digits and hyphens make one`, {
    code: 'USAGE',
    suggestions: ['--stage dev'],
  });
}

function readSettings(folder: string, stage: string | undefined): Settings {
  const file = join(folder, 'gear.yaml');
  if (!existsSync(file)) return nothingMore;
  const invalid = invalidIn(file);
  const yaml = readFileSync(file, 'utf8');
  let settings: unknown;
  try {
    // One with nothing but comments says nothing.
    settings = parse(yaml, {logLevel: 'error'}) ?? {};
  } catch (error) {
    throw unreadable(file, error as Error);
  }
  if (!isObject(settings)) throw invalid('it is not a mapping', []);
  requireKnownKeys(settings, keys, [], invalid);
  for (const [key, value] of Object.entries(settings))
    if (textKeys.includes(key) && (typeof value !== 'string' || value === ''))
      throw invalid(`${key} must be text`, [key]);
  const {service, stack, template} = settings as Record<string, string>;
  return {
    ...(service === undefined ? {} : {service}),
    ...(stack === undefined ? {} : {stack}),
    ...(template === undefined ? {} : {template}),
    ...readDeploymentSettings(yaml, stage, invalid),
  };
}

/** The line where the YAML breaks stands where an editor looks for it, as with a template. */
function unreadable(file: string, error: Error): GearError {
  const line = error instanceof YAMLParseError && error.linePos ? `:${error.linePos[0].line}` : '';
  const what = error.message.split('\n')[0]!.replace(/( at line \d+, column \d+)?:?$/, '');
  return new GearError(`${shownPath(file)}${line}: cannot be read: ${what}`, {code: 'GEAR_YAML_INVALID'});
}

/** A stack's name begins with a letter and has letters, digits and hyphens only. */
function serviceName(folder: string): string {
  const name = basename(folder)
    .replaceAll(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .replace(/-+$/, '');
  return name === '' ? 'service' : name;
}
