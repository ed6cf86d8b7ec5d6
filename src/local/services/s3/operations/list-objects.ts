import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {currentObject, listedObject} from '../listed-object.ts';
import {checkMaxKeys, encoder, listingMembers, listingQuery, listKeys} from '../listing.ts';
import {listContext, onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const listObjects = operationOf<S3Store>()({
  name: 'ListObjects',
  input: structure({
    ...listingMembers,
    Marker: string,
  }),
  http: {
    method: 'GET',
    path: '/{Bucket}',
    query: {
      ...listingQuery,
      Marker: 'marker',
    },
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'ListBucketResult',
  },
  permissions: input => onBucket('ListBucket', input, listContext(input)),
  run(input, _context, store) {
    const {name} = store.bucketOf(input);
    const {Prefix: prefix = '', Delimiter: delimiter, Marker: after = ''} = input;
    const most = checkMaxKeys(input.MaxKeys);
    const encoded = encoder(input.EncodingType);
    const {items, commonPrefixes, next} = listKeys(store.index(name), {prefix, delimiter, most, after}, key =>
      currentObject(store, name, key),
    );
    return {
      Name: name,
      Prefix: encoded(prefix),
      Marker: encoded(after),
      Delimiter: delimiter && encoded(delimiter),
      MaxKeys: most,
      IsTruncated: next !== undefined,
      EncodingType: input.EncodingType,
      // Without a delimiter the last key is the marker, which clients know.
      NextMarker: delimiter === undefined ? undefined : next && encoded(next),
      Contents: items.map(object => listedObject(object, encoded, store.owner())),
      CommonPrefixes: commonPrefixes.map(common => ({Prefix: encoded(common)})),
    };
  },
});
