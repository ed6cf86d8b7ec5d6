import {ByteSource} from './byte-source.ts';
import {type CsvDetails, describeCsv} from './csv.ts';
import {type Dimensions, describeGif, describeJpeg, describePng, describeWebp} from './image.ts';
import {describeJson, type JsonDetails} from './json.ts';
import {type ManifestDetails, readManifest} from './manifest.ts';
import {type ContentType, sniff} from './sniff.ts';
import {decodeText, describeText} from './text.ts';

export interface Content {
  readonly contentType: Exclude<ContentType, 'manifest'>;
  readonly size: number;
  readonly sha256: string;
  readonly details: Details;
}

export type Details =
  | JsonDetails
  | CsvDetails
  | Dimensions
  | ManifestDetails
  | {readonly lines: number}
  /** Nothing is known of the type. */
  | Readonly<Record<string, never>>;

interface Named {
  readonly key: string;
  readonly declaredType?: string | undefined;
  /** Content-Length: a stream that ends before is a broken connection, not a truncated object. */
  readonly expectedSize?: number | undefined;
}

/** Reads an object once, from front to back, in bounded memory. Throws Malformed when it breaks its own format. */
export async function describeContent(stream: AsyncIterable<Uint8Array>, named: Named): Promise<Content> {
  const source = new ByteSource(stream);
  const type = sniff(await source.peek(512), named);
  try {
    const details = await readers[type](source);
    const sha256 = await source.sha256();
    assertComplete(source, named);
    return {contentType: type === 'manifest' ? 'application/json' : type, size: source.size, sha256, details};
  } catch (error) {
    if (source.ended) assertComplete(source, named);
    throw error;
  } finally {
    await source.close();
  }
}

const readers: Readonly<Record<ContentType, (source: ByteSource) => Promise<Details>>> = {
  'image/png': describePng,
  'image/jpeg': describeJpeg,
  'image/gif': describeGif,
  'image/webp': describeWebp,
  'application/json': source => describeJson(decodeText(source, 'JSON document')),
  'text/csv': source => describeCsv(decodeText(source, 'CSV file')),
  'text/plain': describeText,
  'application/octet-stream': async () => ({}),
  manifest: source => readManifest(decodeText(source, 'manifest')),
};

function assertComplete(source: ByteSource, {expectedSize}: Named): void {
  if (expectedSize !== undefined && source.size < expectedSize)
    throw new Error(`The connection ended after ${source.size} of ${expectedSize} bytes`);
}
