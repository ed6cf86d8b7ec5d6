import {type Dirent, existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {GearError} from '../errors.ts';

/** A file as it is; of a folder the templates in it and below, in the order of their names. */
export function findTemplates(path: string): readonly string[] {
  if (!existsSync(path)) throw new GearError(`There is no ${path}`, {code: 'NO_TEMPLATE'});
  if (!statSync(path).isDirectory()) return [path];
  const found = search(path);
  if (found.length === 0)
    throw new GearError(
      `${path} has no template: no template.yaml, .yml or .json, no *.template.* and no serverless.yml`,
      {
        code: 'NO_TEMPLATE',
        suggestions: ['give the path of the template itself'],
      },
    );
  return found;
}

function search(folder: string): readonly string[] {
  const entries = readdirSync(folder, {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isSearched(entry) ? search(path) : [];
    return isTemplate(entry.name) || isService(entry.name, entries) ? [path] : [];
  });
}

function isTemplate(name: string): boolean {
  return /^template\.(yaml|yml|json)$/.test(name) || /\.template(\.(yaml|yml|json))?$/.test(name);
}

/** The service of the Serverless Framework that is in a folder itself. */
export function findService(folder: string): string | undefined {
  const entries = readdirSync(folder, {withFileTypes: true});
  return entries.find(({name}) => isService(name, entries))?.name;
}

/** The framework takes the first of these that is there; what is code is found, so that it is not passed over silently. */
function isService(name: string, beside: readonly Dirent[]): boolean {
  const names = ['yml', 'yaml', 'json', 'js', 'ts'].map(extension => `serverless.${extension}`);
  return name === names.find(candidate => beside.some(entry => entry.name === candidate && !entry.isDirectory()));
}

/** Installed packages and build results (`.aws-sam`, `.gear`) hold copies and other people's templates. */
function isSearched({name}: Dirent): boolean {
  return name !== 'node_modules' && !name.startsWith('.');
}
