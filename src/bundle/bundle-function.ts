import {join} from 'node:path';
import {GearError} from '../errors.ts';
import {bundleNode, type NodeBundle} from './bundle-node.ts';
import {isBelow} from './is-below.ts';
import {bundleParts, type Part} from './part.ts';
import {replaceFolder} from './replace-folder.ts';

export interface BundleRequest {
  /** The service's folder; paths below are relative to it. */
  readonly folder: string;
  /** `src/functions/ingest/handler.ts`. */
  readonly entry: string;
  /** `dist/ingest`; gets `index.mjs`. */
  readonly output: string;
  /** Where packages are looked for that the service has not installed, such as gear's own node_modules. */
  readonly fallbackModules?: readonly string[];
  /** `nodejs24.x`. */
  readonly runtime?: string | undefined;
}

export interface Bundle {
  /** Bytes of `index.mjs`. */
  readonly size: number;
  /** Some package came from `fallbackModules`, because the service has it not installed. */
  readonly borrowed: boolean;
  readonly parts: readonly Part[];
}

/** One function's code and what it imports, as one ES module. Throws GearError BUNDLE_FAILED with file and line. */
export async function bundleFunction({folder, fallbackModules = [], ...request}: BundleRequest): Promise<Bundle> {
  const [settled] = await bundleNode({folder, entries: [request], fallbackModules});
  if (settled!.status === 'rejected') throw settled!.reason;
  await writeBundle(settled!.value, folder, request.output);
  const {code, borrowed, parts} = settled!.value;
  return {size: code.length, borrowed, parts: bundleParts(parts)};
}

export async function writeBundle(bundle: NodeBundle, folder: string, output: string): Promise<void> {
  const target = join(folder, output);
  requireOwnFolder(target, folder, output, bundle.inputs);
  await replaceFolder(target, [{path: 'index.mjs', bytes: bundle.code}]);
}

/** The folder is replaced, so it must hold nothing of the user's: not the service, and no source. */
function requireOwnFolder(target: string, folder: string, output: string, inputs: readonly string[]): void {
  const source = isBelow(target, folder) ? '.' : inputs.find(input => isBelow(target, join(folder, input)));
  if (source === undefined) return;
  throw new GearError(
    `${output} cannot be where a bundle goes: ${source === '.' ? 'the service' : source} lies in it`,
    {
      code: 'BUNDLE_FAILED',
      suggestions: ['Code: ./dist/<function>, which gear makes and empties'],
    },
  );
}
