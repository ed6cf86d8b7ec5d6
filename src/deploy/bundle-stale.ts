import {writeBundle} from '../bundle/bundle-function.ts';
import {bundleNode} from '../bundle/bundle-node.ts';
import {bundleProbes} from '../bundle/bundle-probes.ts';
import {bundlePython} from '../bundle/bundle-python.ts';
import {bundleParts, folderParts, type Part} from '../bundle/part.ts';
import type {LocalFunction} from './local-functions.ts';
import {requireExport} from './require-export.ts';

export interface EntryFunction extends LocalFunction {
  readonly entry: string;
}

/** A function's package as it has just been written. */
export interface Bundled {
  readonly borrowed: boolean;
  readonly parts: readonly Part[];
  /** Paths for `ContentHashes`. */
  readonly probes: readonly string[];
}

interface BundleOptions {
  readonly folder: string;
  readonly fallbackModules: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Writes the packages of the functions, each whole or not at all, and tells of each how it went, in their order. */
export async function bundleStale(
  functions: readonly EntryFunction[],
  options: BundleOptions,
): Promise<readonly PromiseSettledResult<Bundled>[]> {
  const node = functions.filter(fn => !isPython(fn));
  const bundles = node.length === 0 ? [] : await bundleNode({...options, entries: node});
  // esbuild takes a moment, and what lies in dist until now is the last build.
  options.signal?.throwIfAborted();
  return Promise.allSettled(
    functions.map(async fn => {
      if (isPython(fn)) return python(fn, options);
      const settled = bundles[node.indexOf(fn)]!;
      if (settled.status === 'rejected') throw settled.reason;
      const {code, borrowed, inputs, parts} = settled.value;
      requireExport(fn, settled.value.exports);
      await writeBundle(settled.value, options.folder, fn.code);
      const inPackages = parts.reduce((sum, {bytes}) => sum + bytes, 0);
      const own = {path: 'esbuild’s own code', bytes: code.length - inPackages};
      return {borrowed, parts: bundleParts([...parts, own]), probes: bundleProbes(options.folder, inputs)};
    }),
  );
}

function isPython({entry}: EntryFunction): boolean {
  return entry.endsWith('.py');
}

async function python(fn: EntryFunction, {folder}: BundleOptions): Promise<Bundled> {
  const entries = await bundlePython({...fn, folder, output: fn.code});
  return {
    borrowed: false,
    parts: folderParts(entries.map(({path, bytes}) => ({path, bytes: bytes.length}))),
    probes: [],
  };
}
