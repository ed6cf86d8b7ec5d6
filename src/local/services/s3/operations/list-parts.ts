import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {objectArn} from '../lookup.ts';
import {quoted} from '../object.ts';
import type {S3Store} from '../store.ts';

export const listParts = operationOf<S3Store>()({
  name: 'ListParts',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    UploadId: required(string),
    MaxParts: integer,
    PartNumberMarker: integer,
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'GET',
    path: '/{Bucket}/{Key+}?uploadId',
    query: {UploadId: 'uploadId', MaxParts: 'max-parts', PartNumberMarker: 'part-number-marker'},
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
  },
  permissions: input => [{action: 's3:ListMultipartUploadParts', resource: objectArn(input)}],
  run(input, _context, store) {
    store.bucketOf(input);
    const upload = store.uploads.find(input);
    const {PartNumberMarker: after = 0, MaxParts: most = 1000} = input;
    const parts = store.uploads.partsOf(upload).filter(({number}) => number > after);
    const page = parts.slice(0, Math.min(most, 1000));
    return {
      Bucket: upload.bucket,
      Key: upload.key,
      UploadId: upload.id,
      Initiator: store.owner(),
      Owner: store.owner(),
      StorageClass: upload.storageClass,
      PartNumberMarker: after,
      NextPartNumberMarker: page.at(-1)?.number ?? after,
      MaxParts: most,
      IsTruncated: page.length < parts.length,
      ChecksumAlgorithm: upload.checksumAlgorithm,
      Part: page.map(({number, size, md5, lastModified, checksums}) => ({
        PartNumber: number,
        LastModified: new Date(lastModified),
        ETag: quoted(md5),
        Size: size,
        ...checksums,
      })),
    };
  },
});
