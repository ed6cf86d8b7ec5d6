import type {Bucket} from './bucket.ts';
import {checksumHeaders} from './checksums.ts';
import {type ObjectVersion, quoted, shownVersion} from './object.ts';

/** Where the members of an object stand in the answers of GetObject and HeadObject. */
export const objectHeaders = {
  ...checksumHeaders,
  AcceptRanges: 'accept-ranges',
  CacheControl: 'Cache-Control',
  ChecksumType: 'x-amz-checksum-type',
  ContentDisposition: 'Content-Disposition',
  ContentEncoding: 'Content-Encoding',
  ContentLanguage: 'Content-Language',
  ContentLength: 'Content-Length',
  ContentRange: 'Content-Range',
  ContentType: 'Content-Type',
  ETag: 'ETag',
  Expires: 'Expires',
  LastModified: 'Last-Modified',
  Metadata: 'x-amz-meta-',
  PartsCount: 'x-amz-mp-parts-count',
  ServerSideEncryption: 'x-amz-server-side-encryption',
  StorageClass: 'x-amz-storage-class',
  TagCount: 'x-amz-tagging-count',
  VersionId: 'x-amz-version-id',
};

/** An object as its readers see it, without length and body. */
export function shownObject(bucket: Bucket, object: ObjectVersion, {checksums}: {readonly checksums: boolean}) {
  const tags = Object.keys(object.tags).length;
  return {
    ...object.headers,
    AcceptRanges: 'bytes',
    ETag: quoted(object.etag),
    LastModified: new Date(object.lastModified),
    Metadata: object.metadata,
    // Every object is encrypted by S3 itself since 2023, and so they are shown.
    ServerSideEncryption: 'AES256',
    VersionId: shownVersion(object, bucket.versioning !== undefined),
    ...(object.storageClass !== 'STANDARD' && {StorageClass: object.storageClass}),
    ...(tags > 0 && {TagCount: tags}),
    ...(checksums && object.checksums),
    ...(checksums &&
      Object.keys(object.checksums).length > 0 && {ChecksumType: object.multipart ? 'COMPOSITE' : 'FULL_OBJECT'}),
  };
}
