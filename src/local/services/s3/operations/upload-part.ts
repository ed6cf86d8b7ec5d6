import {operationOf} from '../../../operation.ts';
import {integer, required, stream, string, structure} from '../../../shape.ts';
import {receiveBody} from '../body.ts';
import {checksumHeaders, checksumMembers, givenChecksums} from '../checksums.ts';
import {invalidArgument} from '../errors.ts';
import {quoted} from '../object.ts';
import {onWrite} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const uploadPart = operationOf<S3Store>()({
  name: 'UploadPart',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    PartNumber: required(integer),
    UploadId: required(string),
    ...checksumMembers,
    ExpectedBucketOwner: string,
    Body: stream,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}?partNumber&uploadId',
    query: {PartNumber: 'partNumber', UploadId: 'uploadId'},
    headers: {...checksumHeaders, ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'Body',
    responseHeaders: {...checksumHeaders, ETag: 'ETag', ServerSideEncryption: 'x-amz-server-side-encryption'},
  },
  permissions: ({Bucket, Key}) => onWrite({Bucket, Key}),
  async run(input, _context, store) {
    store.bucketOf(input);
    const {PartNumber: number, Body: body} = input;
    if (number < 1 || number > 10_000)
      throw invalidArgument(
        'Part number must be an integer between 1 and 10000, inclusive',
        'partNumber',
        String(number),
      );
    store.uploads.find(input);
    const {md5, ...part} = await receiveBody(store.blobs, body);
    try {
      // Completed or aborted in the meantime?
      const upload = store.uploads.find(input);
      const checksums = givenChecksums(input, body);
      store.uploads.savePart({uploadId: upload.id, number, ...part, md5, checksums, lastModified: store.clock.now()});
      return {ETag: quoted(md5), ServerSideEncryption: 'AES256', ...checksums};
    } catch (error) {
      store.blobs.remove([part]);
      throw error;
    }
  },
});
