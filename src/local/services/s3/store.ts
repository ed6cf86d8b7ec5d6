import {createHash, randomBytes} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, State} from '../../state.ts';
import {Blobs} from './blobs.ts';
import type {Bucket} from './bucket.ts';
import {noSuchBucket} from './errors.ts';
import {KeyIndex} from './key-index.ts';
import {eventsFor, type Happening} from './notifications.ts';
import type {DeleteMarker, ObjectVersion, StoredVersion} from './object.ts';
import {Outbox} from './outbox.ts';
import {Uploads} from './uploads.ts';

export interface S3Options {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
}

/** What is new of an object; where it stands among its versions is the store's to say. */
export type NewObject = Omit<ObjectVersion, 'versionId' | 'sequence' | 'lastModified'>;

/** Buckets, the versions of their objects, and the events that tell of them; the bytes are in `blobs`. */
export class S3Store {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly blobs: Blobs;
  readonly uploads: Uploads;
  readonly outbox: Outbox;
  readonly #buckets: Collection<Bucket>;
  readonly #versions: Collection<StoredVersion>;
  readonly #indexes = new Map<string, KeyIndex>();
  #sequence = 0;

  constructor({state, clock, account, region}: S3Options) {
    this.state = state;
    this.clock = clock;
    this.account = account;
    this.region = region;
    this.blobs = new Blobs(state.folder('s3'));
    this.uploads = new Uploads(state, this.blobs);
    this.outbox = new Outbox(state);
    this.#buckets = state.collection('s3 buckets');
    this.#versions = state.collection('s3 versions');
    for (const version of this.#versions.values()) {
      this.index(version.bucket).put(version);
      this.#sequence = Math.max(this.#sequence, version.sequence);
    }
    this.blobs.sweep(this.#files());
  }

  buckets(): IterableIterator<Bucket> {
    return this.#buckets.values();
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** The bucket of a request, which may say to whom it thinks the bucket belongs. */
  bucketOf({
    Bucket: name,
    ExpectedBucketOwner: owner,
  }: {
    readonly Bucket: string;
    readonly ExpectedBucketOwner?: string | undefined;
  }): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw noSuchBucket(name);
    if (owner !== undefined && owner !== this.account)
      throw new ServiceError('AccessDenied', 'Access Denied', {status: 403});
    return bucket;
  }

  saveBucket(bucket: Bucket): void {
    this.#buckets.set(bucket.name, bucket);
  }

  deleteBucket(bucket: Bucket): void {
    if (!this.index(bucket.name).isEmpty)
      throw new ServiceError(
        'BucketNotEmpty',
        bucket.versioning === undefined
          ? 'The bucket you tried to delete is not empty'
          : 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
        {status: 409, members: {BucketName: bucket.name}},
      );
    for (const upload of this.uploads.of(bucket.name)) this.uploads.abort(upload);
    this.#buckets.delete(bucket.name);
    this.#indexes.delete(bucket.name);
  }

  index(bucket: string): KeyIndex {
    let index = this.#indexes.get(bucket);
    if (index === undefined) {
      index = new KeyIndex();
      this.#indexes.set(bucket, index);
    }
    return index;
  }

  current(bucket: string, key: string): StoredVersion | undefined {
    return this.index(bucket).versions(key)[0];
  }

  version(bucket: string, key: string, versionId: string): StoredVersion | undefined {
    return this.index(bucket)
      .versions(key)
      .find(version => version.versionId === versionId);
  }

  /** Object and event become durable together; the file is complete already. */
  put(bucket: Bucket, object: NewObject, happening: Happening): ObjectVersion {
    const version: ObjectVersion = {...object, ...this.#place(bucket)};
    this.#commit(bucket, version, happening);
    return version;
  }

  /** Without versions the object goes; with them a marker stands in front of it. */
  deleteCurrent(bucket: Bucket, key: string, happening: Happening): DeleteMarker | undefined {
    if (bucket.versioning === undefined) {
      const current = this.current(bucket.name, key);
      if (current !== undefined) this.deleteVersion(bucket, current, happening);
      return undefined;
    }
    const marker: DeleteMarker = {bucket: bucket.name, key, deleteMarker: true, ...this.#place(bucket)};
    this.#commit(bucket, marker, {...happening, event: `${happening.event}MarkerCreated`});
    return marker;
  }

  deleteVersion(bucket: Bucket, version: StoredVersion, happening: Happening): void {
    this.state.transaction(() => {
      this.#versions.delete(documentKey(version));
      this.outbox.add(eventsFor(this, bucket, version, happening));
    });
    this.index(bucket.name).remove(version);
    if (!version.deleteMarker) this.blobs.remove(version.parts);
    this.outbox.announce();
  }

  /** For changes beside the bytes, such as tags. */
  replace(bucket: Bucket, version: ObjectVersion, happening: Happening): void {
    this.state.transaction(() => {
      this.#versions.set(documentKey(version), version);
      this.outbox.add(eventsFor(this, bucket, version, happening));
    });
    this.index(bucket.name).put(version);
    this.outbox.announce();
  }

  /** AWS's canonical user id: 64 digits that stand for the account. */
  owner(): {readonly ID: string; readonly DisplayName: string} {
    return {ID: createHash('sha256').update(this.account).digest('hex'), DisplayName: 'developer'};
  }

  #commit(bucket: Bucket, version: StoredVersion, happening: Happening): void {
    const replaced = this.version(bucket.name, version.key, version.versionId);
    this.state.transaction(() => {
      this.#versions.set(documentKey(version), version);
      this.outbox.add(eventsFor(this, bucket, version, happening));
    });
    this.index(bucket.name).put(version);
    if (replaced !== undefined && !replaced.deleteMarker) this.blobs.remove(replaced.parts);
    this.outbox.announce();
  }

  /** Microseconds rather than a count: events show it, and it must rise over restarts too. */
  nextSequence(): number {
    this.#sequence = Math.max(this.#sequence + 1, this.clock.now() * 1000);
    return this.#sequence;
  }

  #place({versioning}: Bucket): {versionId: string; sequence: number; lastModified: number} {
    const versionId = versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
    return {versionId, sequence: this.nextSequence(), lastModified: this.clock.now()};
  }

  #files(): Set<string> {
    const files = new Set<string>(this.uploads.files());
    for (const version of this.#versions.values())
      if (!version.deleteMarker) for (const {file} of version.parts) files.add(file);
    return files;
  }
}

function documentKey({bucket, key, versionId}: StoredVersion): string {
  return `${bucket}/${key}\u0000${versionId}`;
}
