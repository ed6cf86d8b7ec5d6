import {type Dirent, existsSync, lstatSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describeFileError, GearError} from '../errors.ts';
import {cdkAppTemplates, cloudAssemblyTemplates, isCdkApp} from './cloud-assembly.ts';
import {decodeText} from './decode-text.ts';
import {isPlanOrState, isTerraformSource} from './terraform/show-output.ts';

/** A file as it is; of a folder the templates in it and below, in the order of their names. */
export function findTemplates(path: string): readonly string[] {
  if (!existsSync(path)) throw noTemplateAt(path);
  if (!statSync(path).isDirectory()) return isCdkApp(path) ? cdkAppTemplates(path, dirname(path)) : [path];
  const found = search(path);
  const readable = found.filter(({kind}) => kind !== 'terraform source');
  // The configuration itself cannot be read; passing it by in silence would be as good as a pass.
  const source = found.some(({kind}) => kind === 'terraform plan')
    ? []
    : found.filter(each => !readable.includes(each));
  const all = [...readable, ...source.slice(0, 1)].map(each => each.path);
  if (all.length === 0)
    throw new GearError(
      `${path} has no template: no template.yaml, .yml or .json, no *.template.*, no serverless.yml, no cdk.json, and no plan or state of Terraform in JSON`,
      {
        code: 'NO_TEMPLATE',
        suggestions: ['give the path of the template itself'],
      },
    );
  return all;
}

export function noTemplateAt(path: string): GearError {
  const what = isLink(path) ? `${path} is a symbolic link that leads nowhere` : `There is no ${path}`;
  return new GearError(what, {code: 'NO_TEMPLATE'});
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    // Nothing is there, or a manifest names what no file can be called: too long, or with a NUL in it.
    return false;
  }
}

interface Found {
  readonly path: string;
  readonly kind: 'template' | 'service' | 'terraform plan' | 'terraform source';
}

function asTemplate(path: string): Found {
  return {path, kind: 'template'};
}

function search(folder: string): readonly Found[] {
  const entries = entriesOf(folder);
  // It is found as what is in it, so that who reads it says why that cannot be told, and the rest is still audited.
  if (entries === undefined) return [asTemplate(folder)];
  // What else lies in it: assets, and nested templates, which are found by what nests them.
  const synthesised = cloudAssemblyTemplates(folder);
  if (synthesised !== undefined) return synthesised.map(asTemplate);
  return entries.flatMap((entry): readonly Found[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isSearched(entry) ? search(path) : [];
    // Nobody may ever write to a named pipe that is read.
    if (!entry.isFile() && !entry.isSymbolicLink()) return [];
    if (isCdkApp(entry.name)) return cdkAppTemplates(path, folder).map(asTemplate);
    const kind = kindOf(entry.name, path, entries);
    return kind === undefined ? [] : [{path, kind}];
  });
}

function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (describeFileError(error) instanceof GearError) return undefined;
    throw error;
  }
}

function kindOf(name: string, path: string, beside: readonly Dirent[]): Found['kind'] | undefined {
  if (isTemplate(name)) return isManifest(path) ? undefined : 'template';
  if (isService(name, beside)) return 'service';
  if (isTerraformSource(name)) return 'terraform source';
  return isTerraformPlan(name, path) ? 'terraform plan' : undefined;
}

function isTemplate(name: string): boolean {
  return /^template\.(yaml|yml|json)$/.test(name) || /\.template(\.(yaml|yml|json))?$/.test(name);
}

/** Kubernetes, OpenShift and Backstage have template.yaml too, and say in it that it is theirs. */
function isManifest(path: string): boolean {
  return (
    /\.ya?ml$/.test(path) &&
    isOfText(path, text => /^apiVersion:/m.test(text) && /^kind:/m.test(text) && !/^Resources:/m.test(text)) === true
  );
}

/** Undefined where the file system refuses it, which its reader says. Neither a link to nowhere or itself nor half a gigabyte is text. */
function isOfText(path: string, matches: (text: string) => boolean): boolean | undefined {
  try {
    return statSync(path).isFile() && matches(decodeText(readFileSync(path)));
  } catch (error) {
    const isCircle = (error as NodeJS.ErrnoException).code === 'ELOOP';
    return !isCircle && describeFileError(error) instanceof GearError ? undefined : false;
  }
}

/** People give it any name; but a lock file is large, and is none. */
function isTerraformPlan(name: string, path: string): boolean {
  if (!name.endsWith('.json') || /^package(-lock)?\.json$/.test(name)) return false;
  return isOfText(path, isPlanOrState) ?? true;
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
