import {readdir, readFile} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {fileURLToPath} from 'node:url';

export interface RenderedFile {
  /** Below the service's folder, with `/` on every platform. */
  readonly path: string;
  readonly contents: string;
}

/**
 * A template is a project that runs as it stands, under the name `gear-service-name`. Rendering replaces that name
 * wherever it occurs, and `_gitignore` becomes `.gitignore`, which npm would have left out of the package. Where there
 * is a choice of queues, what is below `_queue/<queue>/` joins the rest, and so does what every service of a language
 * has, `_every/<language>/`.
 */
export async function renderService({template, language, queue, name}: Service): Promise<readonly RenderedFile[]> {
  const folders = [join(templatesFolder, template, language), join(templatesFolder, '_every', language)];
  const files = await Promise.all(folders.map(folder => renderFolder(folder, {queue, name})));
  return files.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function renderFolder(
  folder: string,
  {queue, name}: Pick<Service, 'queue' | 'name'>,
): Promise<readonly RenderedFile[]> {
  const paths = (await filesBelow(folder)).flatMap(path => {
    const rendered = renderedPath(path.replaceAll(sep, '/'), queue);
    return rendered === undefined ? [] : [{path, rendered}];
  });
  return Promise.all(
    paths.map(async ({path, rendered}) => ({
      path: rendered,
      contents: (await readFile(join(folder, path), 'utf8')).replaceAll(placeholder, name),
    })),
  );
}

/** Undefined for what belongs to another queue. */
function renderedPath(path: string, queue: string | undefined): string | undefined {
  const [, owner, rest] = /^_queue\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (owner !== undefined && owner !== queue) return undefined;
  return (rest ?? path).replace(/(^|\/)_gitignore$/, '$1.gitignore');
}

export interface Service {
  readonly template: string;
  readonly language: string;
  readonly queue?: string | undefined;
  readonly name: string;
}

export const templatesFolder = fileURLToPath(new URL('../../templates/', import.meta.url));

const placeholder = 'gear-service-name';

/** What working on a template in place leaves behind. */
const leftovers: readonly string[] = [
  ...['node_modules', 'dist', '.gear', 'package-lock.json'],
  ...['__pycache__', '.pytest_cache', '.venv'],
];

async function filesBelow(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(folder, below), {withFileTypes: true});
  const kept = entries.filter(({name}) => !leftovers.includes(name));
  const paths = await Promise.all(
    kept.map(entry => {
      const path = join(below, entry.name);
      return entry.isDirectory() ? filesBelow(folder, path) : [path];
    }),
  );
  return paths.flat();
}
