import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {checkRead, readConditionHeaders, readConditionMembers} from '../conditions.ts';
import {extentOf} from '../extent.ts';
import {findObject} from '../lookup.ts';
import {onObject} from '../permissions.ts';
import {objectHeaders, shownObject} from '../shown-object.ts';
import type {S3Store} from '../store.ts';

export const headObject = operationOf<S3Store>()({
  name: 'HeadObject',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    VersionId: string,
    PartNumber: integer,
    Range: string,
    ...readConditionMembers,
    ChecksumMode: string,
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'HEAD',
    path: '/{Bucket}/{Key+}',
    query: {VersionId: 'versionId', PartNumber: 'partNumber'},
    headers: {
      ...readConditionHeaders,
      Range: 'Range',
      ChecksumMode: 'x-amz-checksum-mode',
      ExpectedBucketOwner: 'x-amz-expected-bucket-owner',
    },
    responseHeaders: objectHeaders,
  },
  permissions: input => onObject('GetObject', 'GetObjectVersion', input),
  run(input, context, store) {
    const {bucket, object} = findObject(store, input, context);
    checkRead(object, input);
    const {start: _start, end: _end, ...extent} = extentOf(object, input);
    return {
      ...shownObject(bucket, object, {checksums: input.ChecksumMode === 'ENABLED' && extent.$status === 200}),
      ...extent,
    };
  },
});
