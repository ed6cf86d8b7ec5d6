import {bundleFunction} from './bundle-function.ts';
import {bundlePython} from './bundle-python.ts';
import type {Part} from './part.ts';

export interface EntryRequest {
  /** The service's folder; paths below are relative to it. */
  readonly folder: string;
  /** The function's source file, whose extension says its language. */
  readonly entry: string;
  readonly output: string;
  readonly handler?: string | undefined;
  readonly runtime?: string | undefined;
  /** Node.js: where packages are looked for that the service has not installed. */
  readonly fallbackModules: readonly string[];
  /** Python: whether packages that are not there yet may be fetched. */
  readonly fetch?: boolean;
}

export interface BundledEntry {
  readonly files: readonly {readonly path: string; readonly bytes: number}[];
  /** Some package came from `fallbackModules`, because the service has it not installed. */
  readonly borrowed: boolean;
  /** What a bundle is made of; absent where nothing is bundled. */
  readonly parts?: readonly Part[];
}

/** Writes a function's deployment package to `output`. Throws GearError BUNDLE_FAILED. */
export async function bundleEntry(request: EntryRequest): Promise<BundledEntry> {
  if (!request.entry.endsWith('.py')) {
    const {size, borrowed, parts} = await bundleFunction(request);
    return {files: [{path: 'index.mjs', bytes: size}], borrowed, parts};
  }
  const entries = await bundlePython(request);
  return {files: entries.map(({path, bytes}) => ({path, bytes: bytes.length})), borrowed: false};
}
