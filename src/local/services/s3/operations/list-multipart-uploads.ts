import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {compareKeys} from '../key-index.ts';
import {encoder} from '../listing.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const listMultipartUploads = operationOf<S3Store>()({
  name: 'ListMultipartUploads',
  input: structure({
    Bucket: required(string),
    Prefix: string,
    MaxUploads: integer,
    KeyMarker: string,
    UploadIdMarker: string,
    EncodingType: string,
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'GET',
    path: '/{Bucket}?uploads',
    query: {
      Prefix: 'prefix',
      MaxUploads: 'max-uploads',
      KeyMarker: 'key-marker',
      UploadIdMarker: 'upload-id-marker',
      EncodingType: 'encoding-type',
    },
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
  },
  permissions: input => onBucket('ListBucketMultipartUploads', input),
  run(input, _context, store) {
    const {name} = store.bucketOf(input);
    const {Prefix: prefix = '', KeyMarker: after = '', UploadIdMarker: afterId, MaxUploads: most = 1000} = input;
    const encoded = encoder(input.EncodingType);
    const uploads = store.uploads
      .of(name)
      .filter(({key, id}) => key.startsWith(prefix) && isAfter({key, id}, after, afterId))
      .sort((a, b) => compareKeys(a.key, b.key) || (a.id < b.id ? -1 : 1));
    const page = uploads.slice(0, Math.min(most, 1000));
    const truncated = page.length < uploads.length;
    return {
      Bucket: name,
      Prefix: encoded(prefix),
      KeyMarker: encoded(after),
      UploadIdMarker: afterId ?? '',
      NextKeyMarker: truncated ? encoded(page.at(-1)?.key ?? '') : undefined,
      NextUploadIdMarker: truncated ? page.at(-1)?.id : undefined,
      MaxUploads: most,
      IsTruncated: truncated,
      EncodingType: input.EncodingType,
      Upload: page.map(({key, id, initiatedAt, storageClass, checksumAlgorithm}) => ({
        Key: encoded(key),
        UploadId: id,
        Initiator: store.owner(),
        Owner: store.owner(),
        StorageClass: storageClass,
        Initiated: new Date(initiatedAt),
        ChecksumAlgorithm: checksumAlgorithm,
      })),
    };
  },
});

function isAfter(upload: {readonly key: string; readonly id: string}, key: string, id: string | undefined): boolean {
  const order = compareKeys(upload.key, key);
  return key === '' || order > 0 || (order === 0 && id !== undefined && upload.id > id);
}
