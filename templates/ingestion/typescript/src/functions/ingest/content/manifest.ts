import {Malformed} from '../../../lib/failure.ts';

export interface ManifestDetails {
  /** Names beside the manifest, in the same folder. */
  readonly parts: readonly string[];
}

/**
 * A manifest (`<name>.manifest.json`) announces a delivery of several objects: `{"parts": ["march.csv"]}`. It counts
 * as ingested when all of its parts are there. Its content is kept, so its size is bounded.
 */
export async function readManifest(text: AsyncIterable<string>): Promise<ManifestDetails> {
  let document = '';
  for await (const piece of text) {
    document += piece;
    if (document.length > maximumLength) throw new Malformed(`The manifest is longer than ${maximumLength} characters`);
  }
  const parts = partsOf(document);
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isPartName))
    throw new Malformed('The manifest must have "parts", a list of names of objects in its own folder');
  if (parts.length > maximumParts) throw new Malformed(`The manifest has more than ${maximumParts} parts`);
  return {parts};
}

const maximumLength = 64 * 1024;
const maximumParts = 100;

function partsOf(document: string): unknown {
  try {
    return (JSON.parse(document) as {parts?: unknown} | null)?.parts;
  } catch (error) {
    throw new Malformed(`The manifest is not JSON: ${(error as Error).message}`);
  }
}

function isPartName(part: unknown): part is string {
  return typeof part === 'string' && part !== '' && !part.includes('/');
}
