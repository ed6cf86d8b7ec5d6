import type {Blobs} from './blobs.ts';
import {type ContentInput, contentOf, parseTagging} from './content.ts';
import {invalidArgument} from './errors.ts';
import type {ObjectAddress} from './lookup.ts';
import type {Content, ObjectVersion, StoredPart} from './object.ts';
import type {S3Store} from './store.ts';

interface CopyInput extends ContentInput {
  readonly MetadataDirective?: string | undefined;
  readonly TaggingDirective?: string | undefined;
}

/** Headers and metadata of the source or of the request, and the tags likewise, as the two directives say. */
export function copiedContent(input: CopyInput, source: ObjectVersion): Content {
  for (const name of ['MetadataDirective', 'TaggingDirective'] as const)
    if (!['COPY', 'REPLACE', undefined].includes(input[name]))
      throw invalidArgument(
        `Unknown ${name === 'MetadataDirective' ? 'metadata' : 'tagging'} directive.`,
        name,
        input[name],
      );
  const given = contentOf(input);
  const {headers, metadata} = input.MetadataDirective === 'REPLACE' ? given : source;
  const tags = copiesTags(input) ? source.tags : parseTagging(input.Tagging);
  return {headers, metadata, tags, storageClass: given.storageClass};
}

export function copiesTags({TaggingDirective}: CopyInput): boolean {
  return TaggingDirective !== 'REPLACE';
}

export function hasTags(store: S3Store, {Bucket, Key, VersionId}: ObjectAddress): boolean {
  const object = VersionId === undefined ? store.current(Bucket, Key) : store.version(Bucket, Key, VersionId);
  return object !== undefined && !object.deleteMarker && Object.keys(object.tags).length > 0;
}

/** A copy onto itself has to have a reason. */
export function changesNothing(input: CopyInput, source: ObjectAddress): boolean {
  return (
    input.MetadataDirective !== 'REPLACE' &&
    input.TaggingDirective !== 'REPLACE' &&
    input.StorageClass === undefined &&
    input.ServerSideEncryption === undefined &&
    source.VersionId === undefined
  );
}

/** What was uploaded in parts becomes one piece, so its ETag is the MD5 of the whole again. */
export async function copyBytes(
  blobs: Blobs,
  source: ObjectVersion,
): Promise<{readonly part: StoredPart; readonly etag: string}> {
  const [only] = source.parts;
  if (only !== undefined && !source.multipart) return {part: blobs.link(only), etag: source.etag};
  const {md5, ...part} = await blobs.receive(blobs.read(source.parts, 0, source.size - 1));
  return {part, etag: md5};
}
