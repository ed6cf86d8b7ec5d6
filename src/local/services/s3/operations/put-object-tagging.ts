import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {checkTags} from '../content.ts';
import {findObject} from '../lookup.ts';
import {happening} from '../notifications.ts';
import {shownVersion} from '../object.ts';
import {onObject, tagContext} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putObjectTagging = operationOf<S3Store>()({
  name: 'PutObjectTagging',
  input: structure({
    Bucket: required(string),
    Key: required(string),
    VersionId: string,
    Tagging: required(
      structure({TagSet: required(list(structure({Key: required(string), Value: required(string)}), 'Tag'))}),
    ),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}?tagging',
    query: {VersionId: 'versionId'},
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    payload: 'Tagging',
    responseHeaders: {VersionId: 'x-amz-version-id'},
  },
  permissions: input => {
    const tags = tagContext(Object.fromEntries(input.Tagging.TagSet.map(({Key, Value}) => [Key, Value])));
    return onObject('PutObjectTagging', 'PutObjectVersionTagging', input).map(request => ({
      ...request,
      context: {...request.context, ...tags},
    }));
  },
  run(input, context, store) {
    const {bucket, object} = findObject(store, input, context);
    const tags = checkTags(Object.fromEntries(input.Tagging.TagSet.map(({Key, Value}) => [Key, Value])));
    store.replace(bucket, {...object, tags}, happening('ObjectTagging:Put', context));
    return {VersionId: shownVersion(object, bucket.versioning !== undefined)};
  },
});
