import {readFileSync} from 'node:fs';
import {basename, dirname, join, relative} from 'node:path';
import {bundledFiles} from '../../bundle/bundled-files.ts';
import {parseTemplate} from '../../cloudformation/parse.ts';
import {shownPath} from '../../errors.ts';
import type {Project} from '../../project/read-project.ts';
import {localFunctions} from '../local-functions.ts';

/**
 * The services that a change of `files` may change: their own folder, their template, what their functions are bundled
 * of, and what says above them which packages they get. A service that cannot be bundled counts as changed.
 */
export async function changedServices(
  projects: readonly Project[],
  files: readonly string[],
  fallbackModules: readonly string[],
): Promise<readonly string[]> {
  const owners = new Map(files.map(file => [file, owner(projects, file)]));
  const shared = files.filter(file => owners.get(file) === undefined);
  const changed = await Promise.all(
    projects.map(async project => {
      // A file of another service counts when it is bundled; the own ones need no bundle to tell.
      if (files.some(file => owners.get(file) === project || file === project.template)) return true;
      if (shared.some(file => isAbove(project, file))) return true;
      const foreign = files.filter(file => owners.get(file) !== project);
      return foreign.length > 0 && (await bundlesOneOf(project, foreign, fallbackModules));
    }),
  );
  return projects.filter((_, index) => changed[index]).map(({service}) => service);
}

/** The innermost service whose folder it lies in. */
function owner(projects: readonly Project[], file: string): Project | undefined {
  return projects
    .filter(({folder}) => isBelow(folder, file))
    .sort((a, b) => b.folder.length - a.folder.length)
    .at(0);
}

const packageFiles =
  /^(package(-lock)?\.json|npm-shrinkwrap\.json|pnpm-(lock|workspace)\.yaml|yarn\.lock|bun\.lockb?|tsconfig.*\.json|requirements.*\.txt|pyproject\.toml|uv\.lock|poetry\.lock)$/;

function isAbove({folder}: Project, file: string): boolean {
  return packageFiles.test(basename(file)) && isBelow(dirname(file), folder);
}

async function bundlesOneOf(
  {folder, template: file}: Project,
  files: readonly string[],
  fallbackModules: readonly string[],
): Promise<boolean> {
  const template = parseTemplate(readFileSync(file, 'utf8'), shownPath(file));
  for (const {code, entry} of localFunctions(template)) {
    if (entry === undefined || entry.endsWith('.py')) {
      // Python takes whole packages, and code without an entry is taken as it lies there.
      const source = join(folder, entry === undefined ? code : dirname(entry));
      if (files.some(each => isBelow(source, each))) return true;
    } else {
      const bundled = await bundledFiles(folder, entry, fallbackModules);
      if (bundled === undefined || files.some(each => bundled.includes(each))) return true;
    }
  }
  return false;
}

function isBelow(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith('..');
}
