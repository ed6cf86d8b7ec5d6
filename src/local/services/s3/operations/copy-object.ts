import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure, timestamp} from '../../../shape.ts';
import {checkCopySource, checkWrite} from '../conditions.ts';
import {checkKey, contentHeaders, contentMembers} from '../content.ts';
import {changesNothing, copiedContent, copiesTags, copyBytes, hasTags} from '../copy.ts';
import {parseCopySource} from '../copy-source.ts';
import {findObject, objectArn} from '../lookup.ts';
import {happening} from '../notifications.ts';
import {quoted, shownVersion} from '../object.ts';
import {onObject, onWrite} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const copyObject = operationOf<S3Store>()({
  name: 'CopyObject',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    ...contentMembers,
    CopySource: required(string),
    CopySourceIfMatch: string,
    CopySourceIfNoneMatch: string,
    CopySourceIfModifiedSince: timestamp,
    CopySourceIfUnmodifiedSince: timestamp,
    MetadataDirective: string,
    TaggingDirective: string,
    IfMatch: string,
    IfNoneMatch: string,
    ExpectedSourceBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    requiresHeader: 'x-amz-copy-source',
    headers: {
      ...contentHeaders,
      CopySource: 'x-amz-copy-source',
      CopySourceIfMatch: 'x-amz-copy-source-if-match',
      CopySourceIfNoneMatch: 'x-amz-copy-source-if-none-match',
      CopySourceIfModifiedSince: 'x-amz-copy-source-if-modified-since',
      CopySourceIfUnmodifiedSince: 'x-amz-copy-source-if-unmodified-since',
      MetadataDirective: 'x-amz-metadata-directive',
      TaggingDirective: 'x-amz-tagging-directive',
      IfMatch: 'If-Match',
      IfNoneMatch: 'If-None-Match',
      ExpectedSourceBucketOwner: 'x-amz-source-expected-bucket-owner',
    },
    responseHeaders: {
      CopySourceVersionId: 'x-amz-copy-source-version-id',
      ServerSideEncryption: 'x-amz-server-side-encryption',
      VersionId: 'x-amz-version-id',
    },
    responsePayload: 'CopyObjectResult',
    responseRoot: 'CopyObjectResult',
  },
  permissions(input, _context, store) {
    const source = parseCopySource(input.CopySource);
    return [
      ...onObject('GetObject', 'GetObjectVersion', source),
      ...(copiesTags(input) && hasTags(store, source)
        ? onObject('GetObjectTagging', 'GetObjectVersionTagging', source)
        : []),
      ...onWrite(input, {
        's3:x-amz-copy-source': input.CopySource,
        ...(input.MetadataDirective !== undefined && {'s3:x-amz-metadata-directive': input.MetadataDirective}),
      }),
      ...(copiesTags(input) && hasTags(store, source)
        ? [{action: 's3:PutObjectTagging', resource: objectArn(input)}]
        : []),
    ];
  },
  async run(input, context, store) {
    const address = parseCopySource(input.CopySource);
    store.bucketOf(input);
    checkKey(input.Key);
    const {bucket: from, object: source} = findObject(
      store,
      {...address, ExpectedBucketOwner: input.ExpectedSourceBucketOwner},
      context,
    );
    checkCopySource(source, {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    });
    const content = copiedContent(input, source);
    if (address.Bucket === input.Bucket && address.Key === input.Key && changesNothing(input, address))
      throw new ServiceError(
        'InvalidRequest',
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    const {part, etag} = await copyBytes(store.blobs, source);
    try {
      const bucket = store.bucketOf(input);
      checkWrite(store.current(bucket.name, input.Key), input);
      const checksums = source.multipart ? {} : source.checksums;
      const object = store.put(
        bucket,
        {bucket: bucket.name, key: input.Key, ...content, etag, size: part.size, parts: [part], checksums},
        happening('ObjectCreated:Copy', context),
      );
      return {
        CopyObjectResult: {ETag: quoted(etag), LastModified: new Date(object.lastModified), ...checksums},
        ServerSideEncryption: 'AES256',
        CopySourceVersionId: shownVersion(source, from.versioning !== undefined),
        VersionId: shownVersion(object, bucket.versioning === 'Enabled'),
      };
    } catch (error) {
      store.blobs.remove([part]);
      throw error;
    }
  },
});
