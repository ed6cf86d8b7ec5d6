import {operationOf} from '../../../operation.ts';
import {boolean, string, structure} from '../../../shape.ts';
import {currentObject, listedObject} from '../listed-object.ts';
import {checkMaxKeys, encoder, listingMembers, listingQuery, listKeys} from '../listing.ts';
import {listContext, onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const listObjectsV2 = operationOf<S3Store>()({
  name: 'ListObjectsV2',
  input: structure({
    ...listingMembers,
    ContinuationToken: string,
    StartAfter: string,
    FetchOwner: boolean,
  }),
  http: {
    method: 'GET',
    path: '/{Bucket}?list-type=2',
    query: {
      ...listingQuery,
      ContinuationToken: 'continuation-token',
      StartAfter: 'start-after',
      FetchOwner: 'fetch-owner',
    },
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'ListBucketResult',
  },
  permissions: input => onBucket('ListBucket', input, listContext(input)),
  run(input, _context, store) {
    const {name} = store.bucketOf(input);
    const {Prefix: prefix = '', Delimiter: delimiter, ContinuationToken: token, StartAfter: startAfter} = input;
    const most = checkMaxKeys(input.MaxKeys);
    const encoded = encoder(input.EncodingType);
    const after = token === undefined ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString();
    const {items, commonPrefixes, next} = listKeys(store.index(name), {prefix, delimiter, most, after}, key =>
      currentObject(store, name, key),
    );
    return {
      Name: name,
      Prefix: encoded(prefix),
      Delimiter: delimiter && encoded(delimiter),
      MaxKeys: most,
      KeyCount: items.length + commonPrefixes.length,
      IsTruncated: next !== undefined,
      EncodingType: input.EncodingType,
      StartAfter: startAfter && encoded(startAfter),
      ContinuationToken: token,
      NextContinuationToken: next && Buffer.from(next).toString('base64url'),
      Contents: items.map(object => listedObject(object, encoded, input.FetchOwner ? store.owner() : undefined)),
      CommonPrefixes: commonPrefixes.map(common => ({Prefix: encoded(common)})),
    };
  },
});
