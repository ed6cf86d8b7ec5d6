import type {KeyIndex} from './key-index.ts';
import {type ObjectVersion, quoted, type StoredVersion} from './object.ts';
import type {S3Store} from './store.ts';

type Owner = ReturnType<S3Store['owner']>;

/** The one object that a listing shows under a key, if it is not deleted. */
export function currentObject(store: S3Store, bucket: string, key: string): readonly ObjectVersion[] {
  const current = store.current(bucket, key);
  return current === undefined || current.deleteMarker ? [] : [current];
}

export function listedObject(object: ObjectVersion, encoded: (text: string) => string, owner: Owner | undefined) {
  return {
    Key: encoded(object.key),
    LastModified: new Date(object.lastModified),
    ETag: quoted(object.etag),
    ...shownAlgorithms(object),
    Size: object.size,
    StorageClass: object.storageClass,
    Owner: owner,
  };
}

export function listedVersion(
  version: StoredVersion,
  index: KeyIndex,
  encoded: (text: string) => string,
  owner: Owner,
) {
  return {
    Key: encoded(version.key),
    VersionId: version.versionId,
    IsLatest: index.versions(version.key)[0] === version,
    LastModified: new Date(version.lastModified),
    Owner: owner,
    ...(!version.deleteMarker && {
      ETag: quoted(version.etag),
      ...shownAlgorithms(version),
      Size: version.size,
      StorageClass: version.storageClass,
    }),
  };
}

/** The older versions of the same key. */
export function versionsAfter(versions: readonly StoredVersion[], versionId: string): readonly StoredVersion[] {
  const at = versions.findIndex(version => version.versionId === versionId);
  return at < 0 ? [] : versions.slice(at + 1);
}

function shownAlgorithms({checksums, multipart}: ObjectVersion) {
  const algorithms = Object.keys(checksums).map(member => member.slice('Checksum'.length));
  if (algorithms.length === 0) return {};
  return {ChecksumAlgorithm: algorithms, ChecksumType: multipart ? 'COMPOSITE' : 'FULL_OBJECT'};
}
