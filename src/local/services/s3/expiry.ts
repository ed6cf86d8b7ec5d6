import type {Bucket, LifecycleFilter, LifecycleRule} from './bucket.ts';
import type {Happening} from './notifications.ts';
import type {ObjectVersion, StoredVersion} from './object.ts';
import type {S3Store} from './store.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Looks every hour, and at once, for what the lifecycle rules let go; the answer stops it. */
export function startExpiry(store: S3Store): () => void {
  let cancel = () => {};
  const look = () => {
    for (const bucket of [...store.buckets()]) expire(store, bucket);
    cancel = store.clock.after(hour, look);
  };
  cancel = store.clock.after(0, look);
  return () => cancel();
}

function expire(store: S3Store, bucket: Bucket): void {
  for (const rule of bucket.lifecycle ?? []) {
    if (rule.Status !== 'Enabled') continue;
    const index = store.index(bucket.name);
    for (const key of index.keys()) {
      expireCurrent(store, bucket, rule, index.versions(key));
      expireNoncurrent(store, bucket, rule, index.versions(key));
    }
    abortUploads(store, bucket, rule);
  }
}

function expireCurrent(store: S3Store, bucket: Bucket, rule: LifecycleRule, versions: readonly StoredVersion[]): void {
  const [current] = versions;
  const {Days: days, ExpiredObjectDeleteMarker: markers} = rule.Expiration ?? {};
  if (current === undefined) return;
  if (current.deleteMarker) {
    if (markers && versions.length === 1) store.deleteVersion(bucket, current, byLifecycle);
    return;
  }
  if (days === undefined || !applies(rule, current) || store.clock.now() < due(current.lastModified, days)) return;
  store.deleteCurrent(bucket, current.key, byLifecycle);
}

/** A version counts from when the next one took its place. */
function expireNoncurrent(
  store: S3Store,
  bucket: Bucket,
  rule: LifecycleRule,
  versions: readonly StoredVersion[],
): void {
  const {NoncurrentVersionExpiration: expiration} = rule;
  if (expiration === undefined) return;
  versions.slice(1).forEach((version, age) => {
    const replacedAt = versions[age]!.lastModified;
    if (age < (expiration.NewerNoncurrentVersions ?? 0)) return;
    if (!version.deleteMarker && !applies(rule, version)) return;
    if (store.clock.now() >= due(replacedAt, expiration.NoncurrentDays))
      store.deleteVersion(bucket, version, byLifecycle);
  });
}

function abortUploads(store: S3Store, bucket: Bucket, rule: LifecycleRule): void {
  const {AbortIncompleteMultipartUpload: abort, Filter: filter = {}} = rule;
  if (abort === undefined) return;
  const prefix = rule.Prefix ?? filter.Prefix ?? filter.And?.Prefix ?? '';
  for (const upload of store.uploads.of(bucket.name))
    if (upload.key.startsWith(prefix) && store.clock.now() >= due(upload.initiatedAt, abort.DaysAfterInitiation))
      store.uploads.abort(upload);
}

/** S3 rounds up to the next midnight, UTC. */
function due(since: number, days: number): number {
  return Math.ceil((since + days * day) / day) * day;
}

function applies({Prefix, Filter}: LifecycleRule, object: ObjectVersion): boolean {
  if (Prefix !== undefined && !object.key.startsWith(Prefix)) return false;
  const {And: and, Tag: tag, ...own}: LifecycleFilter = Filter ?? {};
  const tags = [...(tag === undefined ? [] : [tag]), ...(and?.Tag ?? [])];
  return (
    [own, and ?? {}].every(
      ({
        Prefix: prefix = '',
        ObjectSizeGreaterThan: above = -1,
        ObjectSizeLessThan: below = Number.POSITIVE_INFINITY,
      }) => object.key.startsWith(prefix) && object.size > above && object.size < below,
    ) && tags.every(({Key, Value}) => object.tags[Key] === Value)
  );
}

const byLifecycle: Happening = {event: 'LifecycleExpiration:Delete', caller: undefined, requestId: 'lifecycle'};
