import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkUploadAlgorithm} from '../checksums.ts';
import {checkKey, contentHeaders, contentMembers, contentOf} from '../content.ts';
import {onWrite} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const createMultipartUpload = operationOf<S3Store>()({
  name: 'CreateMultipartUpload',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    ...contentMembers,
    ChecksumAlgorithm: string,
    ChecksumType: string,
  }),
  http: {
    method: 'POST',
    path: '/{Bucket}/{Key+}?uploads',
    headers: {
      ...contentHeaders,
      ChecksumAlgorithm: 'x-amz-checksum-algorithm',
      ChecksumType: 'x-amz-checksum-type',
    },
    responseHeaders: {
      ServerSideEncryption: 'x-amz-server-side-encryption',
      ChecksumAlgorithm: 'x-amz-checksum-algorithm',
      ChecksumType: 'x-amz-checksum-type',
    },
    responseRoot: 'InitiateMultipartUploadResult',
  },
  permissions: input => onWrite(input),
  run(input, _context, store) {
    const {name} = store.bucketOf(input);
    const {Key: key, ChecksumAlgorithm: algorithm} = input;
    checkKey(key);
    checkUploadAlgorithm(algorithm, input.ChecksumType);
    const upload = store.uploads.create({
      bucket: name,
      key,
      ...contentOf(input),
      initiatedAt: store.clock.now(),
      ...(algorithm !== undefined && {checksumAlgorithm: algorithm}),
    });
    return {
      Bucket: name,
      Key: key,
      UploadId: upload.id,
      ServerSideEncryption: 'AES256',
      ChecksumAlgorithm: algorithm,
      ChecksumType: algorithm === undefined ? undefined : 'COMPOSITE',
    };
  },
});
