import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {GearError} from '../errors.ts';
import {pythonModules} from './python-modules.ts';
import {installRequirements, readRequirements} from './python-requirements.ts';
import {readFolder} from './read-folder.ts';
import {replaceFolder} from './replace-folder.ts';
import type {ZipEntry} from './zip.ts';

export interface PythonBundleRequest {
  /** The service's folder; paths below are relative to it. */
  readonly folder: string;
  /** `src/ingest/handler.py`. */
  readonly entry: string;
  /** `dist/ingest`. */
  readonly output: string;
  /** `ingest.handler.handler`, which must name a module of the package. */
  readonly handler?: string | undefined;
  /** `python3.13`. */
  readonly runtime?: string | undefined;
  /** Whether packages that are not there yet may be fetched. */
  readonly fetch?: boolean;
}

/**
 * The package of the entry, the packages beside it that it imports, and what requirements.txt lists beyond what
 * Lambda's runtime has; as they are, for Python needs no bundler.
 */
export async function bundlePython(request: PythonBundleRequest): Promise<readonly ZipEntry[]> {
  const {folder, entry, output} = request;
  const own = await pythonModules(folder, entry);
  requireHandler(own, request);
  const installed = await installRequirements(request);
  const entries = [...(installed === undefined ? [] : await readFolder(installed)), ...own];
  await replaceFolder(join(folder, output), entries);
  return entries;
}

/** All that the package hangs on: what it holds of the service, and what it wants of others. */
export async function pythonFingerprint(request: PythonBundleRequest): Promise<string> {
  const hash = createHash('sha256').update((await readRequirements(request))?.folder ?? '');
  for (const {path, bytes} of await pythonModules(request.folder, request.entry))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('base64url');
}

/** Lambda would only say at the first invocation that it cannot import the module. */
function requireHandler(entries: readonly ZipEntry[], {entry, handler}: PythonBundleRequest): void {
  if (handler === undefined) return;
  const path = handler.slice(0, handler.lastIndexOf('.')).replaceAll('.', '/');
  if (entries.some(candidate => candidate.path === `${path}.py` || candidate.path === `${path}/__init__.py`)) return;
  const module = entries
    .map(candidate => candidate.path)
    .find(candidate => candidate.endsWith('.py') && `/${entry}`.endsWith(`/${candidate}`));
  throw new GearError(`Handler ${handler} names no module of the package: ${path}.py is not in it`, {
    code: 'BUNDLE_FAILED',
    suggestions:
      module === undefined ? [] : [`Handler: ${module.slice(0, -'.py'.length).replaceAll('/', '.')}.handler`],
  });
}
