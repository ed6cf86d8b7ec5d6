import {mkdtemp, open, readdir, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, dirname, join, relative, resolve, sep} from 'node:path';
import {pathToFileURL} from 'node:url';
import {partsOf} from '../../aws/archive-parts.ts';
import {binaryHeadBytes, binaryMachine, mayBeBinary} from '../../bundle/binary-machine.ts';
import {bundleNode, type NodeBundle} from '../../bundle/bundle-node.ts';
import {bundlePython} from '../../bundle/bundle-python.ts';
import {gearModules} from '../../bundle/gear-modules.ts';
import {bundleParts} from '../../bundle/part.ts';
import {readFolder} from '../../bundle/read-folder.ts';
import {type ZipEntry, zip} from '../../bundle/zip.ts';
import {describeFileError, GearError} from '../../errors.ts';
import {type DeploymentPackage, mostUnzipped, type PackagedFile} from '../../model/deployment-package.ts';
import {readArchive} from '../archive/read-archive.ts';
import {gearEntry} from './functions.ts';
import type {TemplateResource} from './resources.ts';

interface Options {
  /** Whether to say how large the zips of folders would be. */
  readonly zipped?: boolean;
}

/**
 * The code of each function of a template, as far as it lies beside the template. Code that gear builds itself is built
 * to be measured, also where an earlier build lies: that one may be of other code.
 */
export async function readDeploymentPackages(
  functions: readonly TemplateResource[],
  templateFile: string,
  {zipped = false}: Options = {},
): Promise<readonly DeploymentPackage[]> {
  const places = functions.map(codePlace);
  const bundled = places.flatMap(place => ('entry' in place && !place.entry.endsWith('.py') ? [place] : []));
  // One build for all parses once what they share.
  const folder = resolve(dirname(templateFile));
  const bundles = await bundleNode({
    folder,
    entries: bundled,
    fallbackModules: bundled.length === 0 ? [] : gearModules(),
  });
  return Promise.all(
    places.map(place => {
      if ('kind' in place) return place;
      if ('folder' in place) return localPackage(templateFile, place, zipped);
      const settled = bundles[bundled.indexOf(place)];
      return settled === undefined ? python(place, templateFile, zipped) : nodePackage(place, settled, zipped);
    }),
  );
}

/** What gear builds. */
interface Buildable {
  readonly entry: string;
  readonly path: string;
  readonly runtime: string | undefined;
}

/** What lies there already, or does not. */
interface Lying {
  readonly folder: string;
  readonly missing: string;
}

function codePlace(fn: TemplateResource): DeploymentPackage | Buildable | Lying {
  const {property} = fn;
  if (
    property('PackageType').text() === 'Image' ||
    property('ImageUri').exists ||
    property('Code').at('ImageUri').exists
  )
    return {kind: 'image'};
  const inline = property('InlineCode').exists ? property('InlineCode').text() : property('Code').at('ZipFile').text();
  if (typeof inline === 'string') return {kind: 'inline', bytes: Buffer.byteLength(inline)};
  const asset =
    fn.metadata.at('aws:asset:property').text() === 'Code' ? fn.metadata.at('aws:asset:path').text() : undefined;
  if (typeof asset === 'string') return {folder: asset, missing: 'it has not been synthesised'};
  const code = fn.type === 'AWS::Serverless::Function' ? property('CodeUri') : property('Code');
  const path = code.isMap ? undefined : code.text();
  if (typeof path !== 'string' || /^(s3|https?):\/\//.test(path) || path.includes('${'))
    return {kind: 'unknown', reason: 'its code is not in a folder beside the template'};
  const entry = gearEntry(fn);
  if (entry === undefined) return {folder: path, missing: 'it has not been built'};
  const runtime = property('Runtime').text();
  return {entry, path, runtime: typeof runtime === 'string' ? runtime : undefined};
}

async function localPackage(
  templateFile: string,
  {folder, missing}: Lying,
  zipped: boolean,
): Promise<DeploymentPackage> {
  const found = await readLocal(resolve(dirname(templateFile), folder), folder, zipped);
  return found ?? {kind: 'unknown', reason: `there is no ${folder}: ${missing}`};
}

async function readLocal(absolute: string, path: string, zipped: boolean): Promise<DeploymentPackage | undefined> {
  const found = await stat(absolute).catch(() => undefined);
  if (found === undefined) return undefined;
  if (found.isDirectory()) return readFiles(absolute, path, zipped);
  if (!found.isFile()) return {kind: 'unknown', reason: `${path} is neither a file nor a folder`};
  if (!/\.(zip|jar)$/.test(path)) {
    const entries = zipped && found.size <= mostUnzipped && [{path: basename(path), bytes: await readFile(absolute)}];
    return {kind: 'files', path, files: [{path, bytes: found.size}], ...(entries && zippedSize(entries))};
  }
  const part = partsOf(pathToFileURL(absolute).href, {mayBeFile: true});
  try {
    const {files} = await readArchive(part, {binaries: Number.POSITIVE_INFINITY});
    return {kind: 'archive', compressedBytes: found.size, files};
  } catch (error) {
    if (!(error instanceof GearError)) throw error;
    return {kind: 'unknown', reason: `${path} is damaged, or no zip archive`};
  }
}

/** A folder. Nobody zips one that Lambda would not take, which may be a whole disk. */
async function readFiles(absolute: string, path: string, zipped: boolean): Promise<DeploymentPackage> {
  try {
    const files = await listFolder(absolute);
    const isTaken = files.reduce((sum, {bytes}) => sum + bytes, 0) <= mostUnzipped;
    const entries = zipped && isTaken && (await readFolder(absolute));
    return {kind: 'files', path, files, ...(entries && zippedSize(entries))};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return {kind: 'unknown', reason: `${path} was changed while it was read`};
    const refused = describeFileError(error);
    if (!(refused instanceof GearError)) throw error;
    return {kind: 'unknown', reason: `${path} cannot be read: ${refused.message}`};
  }
}

/** As gear would deploy it. */
function zippedSize(entries: readonly ZipEntry[]): {readonly compressedBytes: number} {
  return {compressedBytes: zip(entries).zippedBytes};
}

async function listFolder(folder: string): Promise<readonly PackagedFile[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries.filter(entry => !entry.isDirectory()).map(entry => join(entry.parentPath, entry.name));
  const listed = await Promise.all(
    files.map(async file => {
      const path = relative(folder, file).split(sep).join('/');
      const bytes = (await stat(file).catch(() => undefined))?.size ?? 0;
      const machine = bytes > 0 && mayBeBinary(path) ? binaryMachine(await headOf(file)) : undefined;
      return {path, bytes, ...(machine === undefined ? {} : {machine})};
    }),
  );
  return listed.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const {buffer, bytesRead} = await file.read(new Uint8Array(binaryHeadBytes), 0, binaryHeadBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function nodePackage({path}: Buildable, settled: PromiseSettledResult<NodeBundle>, zipped: boolean): DeploymentPackage {
  if (settled.status === 'rejected') return notBuilt(settled.reason);
  const {code, parts} = settled.value;
  const entry = {path: 'index.mjs', bytes: code};
  return {
    kind: 'files',
    path,
    files: [{path: entry.path, bytes: code.length}],
    parts: bundleParts(parts),
    ...(zipped && zippedSize([entry])),
  };
}

async function python(
  {entry, path, runtime}: Buildable,
  templateFile: string,
  zipped: boolean,
): Promise<DeploymentPackage> {
  const folder = resolve(dirname(templateFile));
  const output = await mkdtemp(join(tmpdir(), 'gear-audit-'));
  try {
    // An audit looks; it does not install.
    await bundlePython({folder, entry, output: relative(folder, output), runtime, fetch: false});
    return await readFiles(output, path, zipped);
  } catch (error) {
    return notBuilt(error);
  } finally {
    await rm(output, {recursive: true, force: true});
  }
}

function notBuilt(error: unknown): DeploymentPackage {
  if (!(error instanceof GearError)) throw error;
  return {kind: 'unknown', reason: error.message};
}
