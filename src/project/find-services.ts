import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {parse} from 'yaml';
import {GearError, shownPath} from '../errors.ts';
import {type Project, readProject, templateNames} from './read-project.ts';

/** The services of a repository: the folders with a gear.yaml that is more than the settings of an audit, in the order of their paths. */
export function findServices(folder: string, stage?: string): readonly Project[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new GearError(`There is no folder ${folder}`, {code: 'NO_FOLDER'});
  const services = serviceFolders(resolve(folder)).map(each => readProject(each, stage));
  requireOwnNames(services);
  return services;
}

function serviceFolders(folder: string): readonly string[] {
  const below = readdirSync(folder, {withFileTypes: true})
    .filter(entry => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map(({name}) => join(folder, name))
    .sort();
  return [...(isService(folder) ? [folder] : []), ...below.flatMap(serviceFolders)];
}

/** One with nothing but `audit` stands at many a root, where it holds for all services below. */
function isService(folder: string): boolean {
  const file = join(folder, 'gear.yaml');
  if (!existsSync(file)) return false;
  if (templateNames.some(name => existsSync(join(folder, name)))) return true;
  try {
    return Object.keys(parse(readFileSync(file, 'utf8'), {logLevel: 'error'}) ?? {}).some(key => key !== 'audit');
  } catch {
    // Reading it as a service says what is wrong with it.
    return true;
  }
}

function requireOwnNames(services: readonly Project[]): void {
  for (const [index, service] of services.entries()) {
    const twin = services.slice(0, index).find(each => each.service === service.service);
    if (twin !== undefined) throw taken(twin, service, `is the service ${service.service}`, 'service');
    const rival = services.slice(0, index).find(each => each.stack === service.stack && each.region === service.region);
    if (rival !== undefined) throw taken(rival, service, `is deployed as the stack ${service.stack}`, 'stack');
  }
}

function taken(first: Project, second: Project, what: string, key: string): GearError {
  return new GearError(`${shownPath(second.folder)} ${what}, and so is ${shownPath(first.folder)}`, {
    code: 'SERVICE_TWICE',
    suggestions: [`another ${key} in ${shownPath(join(second.folder, 'gear.yaml'))}`],
  });
}
