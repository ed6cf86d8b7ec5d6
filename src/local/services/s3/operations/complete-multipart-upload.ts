import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {
  checkClaimedChecksums,
  checksumHeaders,
  checksumMembers,
  checkUploadAlgorithm,
  compositeChecksum,
} from '../checksums.ts';
import {checkWrite} from '../conditions.ts';
import {happening} from '../notifications.ts';
import {quoted, shownVersion} from '../object.ts';
import {onWrite} from '../permissions.ts';
import {putTogether} from '../put-together.ts';
import type {S3Store} from '../store.ts';

export const completeMultipartUpload = operationOf<S3Store>()({
  name: 'CompleteMultipartUpload',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    UploadId: required(string),
    IfMatch: string,
    IfNoneMatch: string,
    MpuObjectSize: integer,
    ChecksumType: string,
    ExpectedBucketOwner: string,
    ...checksumMembers,
    MultipartUpload: structure({
      Part: list(structure({ETag: string, PartNumber: required(integer), ...checksumMembers})),
    }),
  }),
  http: {
    method: 'POST',
    path: '/{Bucket}/{Key+}?uploadId',
    query: {UploadId: 'uploadId'},
    headers: {
      IfMatch: 'If-Match',
      IfNoneMatch: 'If-None-Match',
      MpuObjectSize: 'x-amz-mp-object-size',
      ChecksumType: 'x-amz-checksum-type',
      ExpectedBucketOwner: 'x-amz-expected-bucket-owner',
      ...checksumHeaders,
    },
    payload: 'MultipartUpload',
    responseHeaders: {ServerSideEncryption: 'x-amz-server-side-encryption', VersionId: 'x-amz-version-id'},
  },
  permissions: ({Bucket, Key, IfMatch}) => onWrite({Bucket, Key, IfMatch}),
  run(input, context, store) {
    const bucket = store.bucketOf(input);
    const upload = store.uploads.find(input);
    checkUploadAlgorithm(upload.checksumAlgorithm, input.ChecksumType);
    const {parts, etag, size, unused} = putTogether(store.uploads.partsOf(upload), input.MultipartUpload?.Part ?? []);
    if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size)
      throw new ServiceError(
        'InvalidRequest',
        'The provided x-amz-mp-object-size does not match the size of the parts',
      );
    checkWrite(store.current(bucket.name, upload.key), input);
    const checksums =
      upload.checksumAlgorithm === undefined
        ? {}
        : compositeChecksum(
            upload.checksumAlgorithm,
            parts.map(part => part.checksums),
          );
    checkClaimedChecksums(input, checksums);
    const {headers, metadata, tags, storageClass} = upload;
    const object = store.state.transaction(() => {
      store.uploads.forget(upload);
      return store.put(
        bucket,
        {
          bucket: bucket.name,
          key: upload.key,
          ...{headers, metadata, tags, storageClass},
          ...{etag, size, checksums},
          parts: parts.map(part => ({file: part.file, size: part.size})),
          multipart: true,
        },
        happening('ObjectCreated:CompleteMultipartUpload', context),
      );
    });
    store.blobs.remove(unused);
    return {
      Location: `${context.endpoint}/${bucket.name}/${upload.key}`,
      Bucket: bucket.name,
      Key: upload.key,
      ETag: quoted(etag),
      ServerSideEncryption: 'AES256',
      VersionId: shownVersion(object, bucket.versioning === 'Enabled'),
      ...checksums,
      ...(Object.keys(checksums).length > 0 && {ChecksumType: 'COMPOSITE'}),
    };
  },
});
