import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {checkRead, readConditionHeaders, readConditionMembers} from '../conditions.ts';
import {extentOf} from '../extent.ts';
import {findObject} from '../lookup.ts';
import {onObject} from '../permissions.ts';
import {objectHeaders, shownObject} from '../shown-object.ts';
import type {S3Store} from '../store.ts';

export const getObject = operationOf<S3Store>()({
  name: 'GetObject',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    VersionId: string,
    PartNumber: integer,
    Range: string,
    ...readConditionMembers,
    ChecksumMode: string,
    ExpectedBucketOwner: string,
    ResponseCacheControl: string,
    ResponseContentDisposition: string,
    ResponseContentEncoding: string,
    ResponseContentLanguage: string,
    ResponseContentType: string,
    ResponseExpires: string,
  }),
  http: {
    method: 'GET',
    path: '/{Bucket}/{Key+}',
    query: {
      VersionId: 'versionId',
      PartNumber: 'partNumber',
      ResponseCacheControl: 'response-cache-control',
      ResponseContentDisposition: 'response-content-disposition',
      ResponseContentEncoding: 'response-content-encoding',
      ResponseContentLanguage: 'response-content-language',
      ResponseContentType: 'response-content-type',
      ResponseExpires: 'response-expires',
    },
    headers: {
      ...readConditionHeaders,
      Range: 'Range',
      ChecksumMode: 'x-amz-checksum-mode',
      ExpectedBucketOwner: 'x-amz-expected-bucket-owner',
    },
    responseHeaders: objectHeaders,
    responsePayload: 'Body',
  },
  permissions: input => onObject('GetObject', 'GetObjectVersion', input),
  run(input, context, store) {
    const {bucket, object} = findObject(store, input, context);
    checkRead(object, input);
    const {start, end, ...extent} = extentOf(object, input);
    return {
      ...shownObject(bucket, object, {checksums: input.ChecksumMode === 'ENABLED' && extent.$status === 200}),
      ...extent,
      ...responseOverrides(input),
      Body: store.blobs.read(object.parts, start, end),
    };
  },
});

/** A link to an object can say what its answer calls itself. */
function responseOverrides(
  input: {readonly [Name in `Response${string}`]?: string | undefined},
): Record<string, string> {
  const overrides: Record<string, string> = {};
  for (const [name, value] of Object.entries(input))
    if (name.startsWith('Response') && value !== undefined) overrides[name.slice('Response'.length)] = value;
  return overrides;
}
