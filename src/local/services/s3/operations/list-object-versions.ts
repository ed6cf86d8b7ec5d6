import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {listedVersion, versionsAfter} from '../listed-object.ts';
import {checkMaxKeys, encoder, listingMembers, listingQuery, listKeys} from '../listing.ts';
import {listContext, onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const listObjectVersions = operationOf<S3Store>()({
  name: 'ListObjectVersions',
  input: structure({
    ...listingMembers,
    KeyMarker: string,
    VersionIdMarker: string,
  }),
  http: {
    method: 'GET',
    path: '/{Bucket}?versions',
    query: {
      ...listingQuery,
      KeyMarker: 'key-marker',
      VersionIdMarker: 'version-id-marker',
    },
    headers: {ExpectedBucketOwner: 'x-amz-expected-bucket-owner'},
    responseRoot: 'ListVersionsResult',
  },
  permissions: input => onBucket('ListBucketVersions', input, listContext(input)),
  run(input, _context, store) {
    const {name} = store.bucketOf(input);
    const {Prefix: prefix = '', Delimiter: delimiter, KeyMarker: after = '', VersionIdMarker: versionMarker} = input;
    const most = checkMaxKeys(input.MaxKeys);
    const encoded = encoder(input.EncodingType);
    const index = store.index(name);
    const rest = versionMarker === undefined ? [] : versionsAfter(index.versions(after), versionMarker);
    const listed = listKeys(index, {prefix, delimiter, most, after}, key => index.versions(key));
    const found = [...rest, ...listed.items];
    // A key is listed with all its versions, so a page can be over full; what is over comes with the next.
    const shown = found.slice(0, Math.max(most - listed.commonPrefixes.length, 0));
    const truncated = listed.next !== undefined || shown.length < found.length;
    const last = shown.at(-1);
    return {
      Name: name,
      Prefix: encoded(prefix),
      Delimiter: delimiter && encoded(delimiter),
      KeyMarker: encoded(after),
      VersionIdMarker: versionMarker,
      MaxKeys: most,
      IsTruncated: truncated,
      EncodingType: input.EncodingType,
      NextKeyMarker: truncated
        ? encoded(shown.length < found.length || listed.next === undefined ? (last?.key ?? '') : listed.next)
        : undefined,
      NextVersionIdMarker: truncated && last?.key === (listed.next ?? last?.key) ? last?.versionId : undefined,
      Version: shown
        .filter(version => !version.deleteMarker)
        .map(version => listedVersion(version, index, encoded, store.owner())),
      DeleteMarker: shown
        .filter(version => version.deleteMarker)
        .map(version => listedVersion(version, index, encoded, store.owner())),
      CommonPrefixes: listed.commonPrefixes.map(common => ({Prefix: encoded(common)})),
    };
  },
});
