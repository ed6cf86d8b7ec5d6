import {readFile, stat} from 'node:fs/promises';
import {dirname, extname, join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {partsOf} from '../../aws/archive-parts.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import type {WorkPlace} from '../../code/handler-code.ts';
import {isBundled} from '../../code/is-bundled.ts';
import {workInHandler} from '../../code/work-in-handler.ts';
import {GearError} from '../../errors.ts';
import type {HandlerWork} from '../../model/handler-work.ts';
import type {Origin} from '../../model/origin.ts';
import {handlerBySourceMap} from '../archive/handler-by-source-map.ts';
import {
  bundledCode,
  type Handled,
  handlerOfArchive,
  placeInArchive,
  type UnseenHandler,
} from '../archive/handler-of-archive.ts';
import {readArchive} from '../archive/read-archive.ts';
import {handlerEndings, handlerPaths, handlerPlace} from '../handler-paths.ts';
import {gearEntry} from './functions.ts';
import type {TemplateResource} from './resources.ts';

/** From the handler's source where it lies beside the template, or in it; undefined where it cannot be read. */
export async function readHandlerWork(
  fn: TemplateResource,
  template: Pick<PlacedTemplate, 'file' | 'text' | 'included'>,
  note: (why: UnseenHandler) => void = () => {},
): Promise<readonly HandlerWork[] | undefined> {
  const handler = fn.property('Handler').text();
  if (typeof handler !== 'string') return undefined;
  const written = fn.property('Runtime').text();
  const runtime = typeof written === 'string' ? written : '';
  const inline = fn.property('InlineCode').exists ? fn.property('InlineCode') : fn.property('Code').at('ZipFile');
  const text = inline.text();
  if (typeof text === 'string') {
    // Without a runtime nobody says what it is written in.
    if (runtime === '') return undefined;
    const inside = `index${handlerEndings(runtime)[0]}`;
    const work = await workInHandler({file: inside, text, name: handlerPlace(handler, inside).name});
    if (work === undefined) return undefined;
    const {origin} = inline;
    const file = [template, ...(template.included ?? [])].find(each => 'file' in origin && each.file === origin.file);
    const placed = placesInTemplate(text, origin, (file ?? template).text.split('\n'));
    return work.map(place => ({kind: place.kind, what: place.what, origin: placed(place)}));
  }
  const code = codePath(fn);
  const folder = dirname(template.file);
  const paths = handlerPaths(handler, runtime);
  const source = await firstFile(sources(fn, paths).map(path => join(folder, path)));
  if (source !== undefined) return ofSource(source, handler, code?.origin ?? fn.origin, note);
  return code !== undefined && isArchive(code.path)
    ? ofArchive(join(folder, code.path), {handler, runtime}, code.origin, note)
    : undefined;
}

async function firstFile(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  return undefined;
}

async function ofSource(
  file: string,
  handler: string,
  origin: Origin,
  note: (why: UnseenHandler) => void,
): Promise<readonly HandlerWork[] | undefined> {
  const text = await readFile(file, 'utf8');
  const {name} = handlerPlace(handler, file);
  const bundled = isBundled(file, text);
  const map = bundled ? await readFile(`${file}.map`, 'utf8').catch(() => undefined) : undefined;
  const source = map === undefined ? undefined : await handlerBySourceMap(map, name);
  if (source !== undefined) return inArchive({...source, bySourceMap: true}, origin);
  const work = await workInHandler({file, text, name});
  if (bundled && (work ?? []).length === 0) {
    note({notJudged: bundledCode});
    return undefined;
  }
  return work?.map(({kind, what, line, column}) => ({kind, what, origin: {file, line, column}}));
}

/** The files that may be the handler's, relative to the template. */
function sources(fn: TemplateResource, paths: readonly string[]): readonly string[] {
  const entry = gearEntry(fn);
  if (entry !== undefined) return [entry];
  const folder = sourceFolder(fn);
  if (folder !== undefined) return paths.map(inside => join(folder, inside));
  const path = codePath(fn)?.path;
  if (path === undefined || isArchive(path)) return [];
  return paths.map(inside => (path.endsWith(extname(inside)) ? path : join(path, inside)));
}

/** Of a service of the Serverless Framework, whose handlers are named by their sources, whatever packages them. */
function sourceFolder(fn: TemplateResource): string | undefined {
  const folder = fn.metadata.at(sourceFolderKey).text();
  return typeof folder === 'string' ? folder : undefined;
}

/** Of the metadata of functions in a template that gear makes in memory. */
export const sourceFolderKey = 'gear:source-folder';

function isArchive(path: string): boolean {
  return /\.(zip|jar)$/.test(path);
}

/** Where the code lies, relative to the template. */
function codePath(fn: TemplateResource): {readonly path: string; readonly origin: Origin} | undefined {
  const asset = fn.metadata.at('aws:asset:path').text();
  const code = fn.type === 'AWS::Serverless::Function' ? fn.property('CodeUri') : fn.property('Code');
  // SAM takes the template's own folder where no other is named.
  const path = code.exists ? (code.isMap ? asset : code.text()) : '.';
  if (typeof path !== 'string' || /^(s3|https?):\/\//.test(path) || path.includes('${')) return undefined;
  return {path, origin: code.exists ? code.origin : fn.origin};
}

/** In an archive no line can be opened: its findings stand where the template names it. */
async function ofArchive(
  file: string,
  code: {readonly handler: string; readonly runtime: string},
  origin: Origin,
  note: (why: UnseenHandler) => void,
): Promise<readonly HandlerWork[] | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  try {
    const archive = await readArchive(partsOf(pathToFileURL(resolve(file)).href, {mayBeFile: true}), {binaries: 0});
    const read = await handlerOfArchive(archive, code);
    if (read === undefined) return undefined;
    if ('work' in read) return inArchive(read, origin);
    note(read);
    return undefined;
  } catch (error) {
    // What its package is made of is not known either, and said there.
    if (error instanceof GearError) return undefined;
    throw error;
  }
}

function inArchive(handled: Handled, origin: Origin): readonly HandlerWork[] {
  return handled.work.map(({kind, what, line}) => ({kind, what, origin, place: placeInArchive(handled, line)}));
}

/** Where a place of code stands that a template has as a block of text; any other text has one place only. */
function placesInTemplate(code: string, origin: Origin, lines: readonly string[]): (place: WorkPlace) => Origin {
  if (!('line' in origin) || !/[|>][-+]?\s*$/.test(lines[origin.line - 1] ?? '')) return () => origin;
  const written = code.split('\n');
  return ({line, column}) => {
    const at = origin.line + line;
    const own = written[line - 1] ?? '';
    const margin = lines[at - 1]?.indexOf(own.trimEnd()) ?? -1;
    return margin < 0 ? origin : {file: origin.file, line: at, column: margin + column};
  };
}
