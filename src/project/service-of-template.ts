import {existsSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {GearError} from '../errors.ts';
import {type Project, readProject} from './read-project.ts';
import {repositoryRoot} from './repository.ts';

/** The service whose template this is: its gear.yaml stands beside it, or above it and names it. */
export function serviceOfTemplate(template: string, stage?: string): Project | undefined {
  const file = resolve(template);
  const top = repositoryRoot(dirname(file)) ?? process.cwd();
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'gear.yaml'))) {
      const project = readService(folder, stage);
      if (project?.template === file) return project;
    }
    if (folder === top || folder === dirname(folder) || relative(top, folder).startsWith('..')) return undefined;
  }
}

/** One with nothing but the settings of an audit is none. */
function readService(folder: string, stage: string | undefined): Project | undefined {
  try {
    return readProject(folder, stage);
  } catch (error) {
    if (error instanceof GearError && error.code === 'NO_TEMPLATE') return undefined;
    throw error;
  }
}
