import {existsSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import type {BuildFailure, BuildOptions, BuildResult, Metafile} from 'esbuild';
import {describeBuildFailure} from './build-failure.ts';
import {isBelow} from './is-below.ts';
import {lightHttp} from './light-http.ts';
import type {PartFile} from './part.ts';

export interface NodeBundles {
  /** The service's folder; paths below are relative to it. */
  readonly folder: string;
  readonly entries: readonly NodeEntry[];
  /** Where packages are looked for that the service has not installed, such as gear's own node_modules. */
  readonly fallbackModules: readonly string[];
}

export interface NodeEntry {
  /** `src/functions/ingest/handler.ts`. */
  readonly entry: string;
  /** `nodejs24.x`. */
  readonly runtime?: string | undefined;
}

export interface NodeBundle {
  readonly code: Uint8Array;
  /** What is in the code, by the file that it comes from. */
  readonly parts: readonly PartFile[];
  /** Every file that was read for it, also one that nothing is left of. */
  readonly inputs: readonly string[];
  readonly exports: readonly string[];
  /** Some package came from `fallbackModules`, because the service has it not installed. */
  readonly borrowed: boolean;
}

/**
 * Each entry's code and what it imports, as one ES module each, in the order of the entries. One build for all: a
 * package that ten functions import is parsed once, and the bytes are those that each would have alone.
 */
export async function bundleNode(bundles: NodeBundles): Promise<readonly PromiseSettledResult<NodeBundle>[]> {
  const settled = new Map<NodeEntry, PromiseSettledResult<NodeBundle>>();
  const there = bundles.entries.filter(entry => {
    // Where there is a folder, esbuild may find the file under another ending.
    if (existsSync(dirname(join(bundles.folder, entry.entry)))) return true;
    settled.set(entry, {status: 'rejected', reason: describeBuildFailure([], bundles.folder, entry.entry)});
    return false;
  });
  for (const [major, entries] of Map.groupBy(there, ({runtime}) => nodeMajor(runtime)))
    for (const [index, result] of (await bundleFor(major, {...bundles, entries})).entries())
      settled.set(entries[index]!, result);
  return bundles.entries.map(entry => settled.get(entry)!);
}

/** Without a runtime that says so, that of Lambda's newest. */
function nodeMajor(runtime: string | undefined): number {
  return Number(/^nodejs(\d+)/.exec(runtime ?? '')?.[1] ?? 24);
}

async function bundleFor(major: number, bundles: NodeBundles): Promise<readonly PromiseSettledResult<NodeBundle>[]> {
  const {build} = await import('esbuild');
  const {folder, entries, fallbackModules} = bundles;
  try {
    const result = await build(buildOptions(major, bundles));
    return entries.map((_, index) => ({
      status: 'fulfilled',
      value: readBundle(result, index, folder, fallbackModules),
    }));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const [entry] = entries;
    if (entries.length === 1)
      return [{status: 'rejected', reason: describeBuildFailure(error.errors, folder, entry!.entry)}];
    // One by one, so that those with nothing wrong are built, and each error is told of the function that it is in.
    const each = await Promise.all(entries.map(entry => bundleFor(major, {...bundles, entries: [entry]})));
    return each.flat();
  }
}

const outdir = 'out';

function buildOptions(major: number, {folder, entries, fallbackModules}: NodeBundles) {
  return {
    absWorkingDir: folder,
    entryPoints: entries.map(({entry}, index) => ({in: entry, out: String(index)})),
    outdir,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: `node${major}`,
    mainFields: ['module', 'main'],
    // CommonJS packages in an ES module call require for Node's own modules.
    banner: {
      js: "import {createRequire as gearRequire} from 'node:module';const require=gearRequire(import.meta.url);",
    },
    plugins: major >= 22 ? [lightHttp] : [],
    nodePaths: [...fallbackModules],
    metafile: true,
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
  } satisfies BuildOptions;
}

function readBundle(
  {outputFiles, metafile}: BuildResult<ReturnType<typeof buildOptions>>,
  index: number,
  folder: string,
  fallbackModules: readonly string[],
): NodeBundle {
  const name = `${outdir}/${index}.mjs`;
  const output = metafile.outputs[name]!;
  const inputs = reachable(metafile, output.entryPoint!);
  return {
    code: outputFiles.find(({path}) => relative(folder, path).replaceAll('\\', '/') === name)!.contents,
    parts: Object.entries(output.inputs).map(([path, {bytesInOutput}]) => ({path, bytes: bytesInOutput})),
    inputs,
    exports: output.exports,
    borrowed: borrows(inputs, folder, fallbackModules),
  };
}

/** The files behind an entry point: the metafile of a build lists those of all. */
function reachable({inputs}: Metafile, entry: string): readonly string[] {
  const found = new Set([entry]);
  for (const path of found)
    for (const {path: imported, external} of inputs[path]?.imports ?? []) if (!external) found.add(imported);
  return [...found].filter(path => !/^light-http:/.test(path)).map(path => path.replace(/^\(disabled\):/, ''));
}

function borrows(inputs: readonly string[], folder: string, fallbackModules: readonly string[]): boolean {
  // A service below the folder that has the modules finds them by itself.
  const foreign = fallbackModules.filter(modules => !isBelow(dirname(modules), folder));
  return inputs.some(input => foreign.some(modules => isBelow(modules, join(folder, input))));
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return Array.isArray((error as Partial<BuildFailure>).errors) && (error as BuildFailure).errors.length > 0;
}
