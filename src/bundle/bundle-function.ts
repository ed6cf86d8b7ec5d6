import {existsSync} from 'node:fs';
import {mkdir, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join, relative, resolve} from 'node:path';
import type {BuildFailure, BuildOptions, Metafile} from 'esbuild';
import {GearError, shownPath} from '../errors.ts';
import {lightHttp} from './light-http.ts';

export interface BundleRequest {
  /** The service's folder; paths below are relative to it. */
  readonly folder: string;
  /** `src/functions/ingest/handler.ts`. */
  readonly entry: string;
  /** `dist/ingest`; gets `index.mjs`. */
  readonly output: string;
  /** Where packages are looked for that the service has not installed, such as gear's own node_modules. */
  readonly fallbackModules?: readonly string[];
  readonly nodeMajor?: number;
}

export interface Bundle {
  /** Bytes of `index.mjs`. */
  readonly size: number;
  /** Some package came from `fallbackModules`, because the service has it not installed. */
  readonly borrowed: boolean;
}

/** One function's code and what it imports, as one ES module. Throws GearError BUNDLE_FAILED with esbuild's file and line. */
export async function bundleFunction({
  folder,
  entry,
  output,
  fallbackModules = [],
  nodeMajor = 24,
}: BundleRequest): Promise<Bundle> {
  const {build} = await import('esbuild');
  const options = {
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile: join(output, 'index.mjs'),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: `node${nodeMajor}`,
    mainFields: ['module', 'main'],
    // CommonJS packages in an ES module call require for Node's own modules.
    banner: {
      js: "import {createRequire as gearRequire} from 'node:module';const require=gearRequire(import.meta.url);",
    },
    plugins: nodeMajor >= 22 ? [lightHttp] : [],
    nodePaths: [...fallbackModules],
    metafile: true,
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
  } satisfies BuildOptions;
  try {
    const {outputFiles, metafile} = await build(options);
    const code = outputFiles[0]!.contents;
    const target = join(folder, output);
    requireOwnFolder(target, folder, output, metafile);
    const temporary = join(target, `index.mjs.${process.pid}`);
    await rm(target, {recursive: true, force: true});
    await mkdir(target, {recursive: true});
    await writeFile(temporary, code);
    await rename(temporary, join(target, 'index.mjs'));
    return {size: code.length, borrowed: borrows(metafile, folder, fallbackModules)};
  } catch (error) {
    throw describeBuildFailure(error, folder, entry);
  }
}

/** The folder is emptied first, so it must hold nothing of the user's: not the service, and no source. */
function requireOwnFolder(target: string, folder: string, output: string, {inputs}: Metafile): void {
  const source = isBelow(target, folder)
    ? '.'
    : Object.keys(inputs).find(input => isBelow(target, join(folder, input)));
  if (source === undefined) return;
  throw new GearError(
    `${output} cannot be where a bundle goes: ${source === '.' ? 'the service' : source} lies in it`,
    {
      code: 'BUNDLE_FAILED',
      suggestions: ['Code: ./dist/<function>, which gear makes and empties'],
    },
  );
}

function borrows(metafile: Metafile, folder: string, fallbackModules: readonly string[]): boolean {
  // A service below the folder that has the modules finds them by itself.
  const foreign = fallbackModules.filter(modules => !isBelow(dirname(modules), folder));
  return Object.keys(metafile.inputs).some(input => foreign.some(modules => isBelow(modules, join(folder, input))));
}

function isBelow(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith('..');
}

function describeBuildFailure(error: unknown, folder: string, entry: string): unknown {
  const {errors} = error as Partial<BuildFailure>;
  const first = errors?.[0];
  if (first === undefined) return error;
  const shown = (path: string) => shownPath(resolve(folder, path));
  if (!existsSync(join(folder, entry)))
    return new GearError(`There is no ${shown(entry)}, which the template names as an entry point`, {
      code: 'BUNDLE_FAILED',
      suggestions: ['mend Metadata: {Gear: {Entry: ...}} of the function'],
    });
  const at =
    first.location === null
      ? shown(entry)
      : `${shown(first.location.file)}:${first.location.line}:${first.location.column + 1}`;
  const missing = /^Could not resolve "([^"./][^"]*)"/.exec(first.text)?.[1];
  return new GearError(`${at}: ${first.text}`, {
    code: 'BUNDLE_FAILED',
    suggestions: missing === undefined ? [] : [`npm install${shown('.') === '.' ? '' : `, in ${shown('.')}`}`],
    cause: error,
  });
}
