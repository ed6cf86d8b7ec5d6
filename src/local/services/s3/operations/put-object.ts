import {operationOf} from '../../../operation.ts';
import {required, stream, string, structure} from '../../../shape.ts';
import {receiveBody} from '../body.ts';
import {checksumHeaders, checksumMembers, givenChecksums} from '../checksums.ts';
import {checkWrite} from '../conditions.ts';
import {checkKey, contentHeaders, contentMembers, contentOf} from '../content.ts';
import {happening} from '../notifications.ts';
import {quoted, shownVersion} from '../object.ts';
import {onWrite} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putObject = operationOf<S3Store>()({
  name: 'PutObject',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    ...contentMembers,
    ...checksumMembers,
    IfMatch: string,
    IfNoneMatch: string,
    Body: stream,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    headers: {...contentHeaders, ...checksumHeaders, IfMatch: 'If-Match', IfNoneMatch: 'If-None-Match'},
    payload: 'Body',
    responseHeaders: {
      ...checksumHeaders,
      ChecksumType: 'x-amz-checksum-type',
      ETag: 'ETag',
      ServerSideEncryption: 'x-amz-server-side-encryption',
      VersionId: 'x-amz-version-id',
    },
  },
  permissions: input => onWrite(input),
  async run(input, context, store) {
    const {Key: key, Body: body} = input;
    store.bucketOf(input);
    checkKey(key);
    const content = contentOf(input);
    const {md5, ...part} = await receiveBody(store.blobs, body);
    try {
      // Asked again: much can happen while a large body comes in.
      const bucket = store.bucketOf(input);
      checkWrite(store.current(bucket.name, key), input);
      const checksums = givenChecksums(input, body);
      const object = store.put(
        bucket,
        {bucket: bucket.name, key, ...content, etag: md5, size: part.size, parts: [part], checksums},
        happening('ObjectCreated:Put', context),
      );
      return {
        ETag: quoted(md5),
        ServerSideEncryption: 'AES256',
        VersionId: shownVersion(object, bucket.versioning === 'Enabled'),
        ...checksums,
        ...(Object.keys(checksums).length > 0 && {ChecksumType: 'FULL_OBJECT'}),
      };
    } catch (error) {
      store.blobs.remove([part]);
      throw error;
    }
  },
});
