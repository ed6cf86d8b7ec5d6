/** One version of an object, or the marker of its deletion. */
export type StoredVersion = ObjectVersion | DeleteMarker;

interface VersionBase {
  readonly bucket: string;
  readonly key: string;
  /** `null` in a bucket that has never had, or has suspended, versioning. */
  readonly versionId: string;
  /** Rises with every version of the cloud. */
  readonly sequence: number;
  readonly lastModified: number;
}

export interface DeleteMarker extends VersionBase {
  readonly deleteMarker: true;
}

export interface ObjectVersion extends VersionBase, Content {
  readonly deleteMarker?: never;
  /** Without quotes. */
  readonly etag: string;
  readonly size: number;
  /** The files that hold it, in order: more than one after a multipart upload. */
  readonly parts: readonly StoredPart[];
  readonly multipart?: true;
  readonly checksums: Checksums;
}

/** `{ChecksumCRC32: '...'}`: base64 as the client sent it. */
export type Checksums = Readonly<Record<string, string>>;

export interface StoredPart {
  readonly file: string;
  readonly size: number;
}

/** What a writer says of an object beside its bytes. */
export interface Content {
  /** Response header members such as `ContentType`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: string;
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** As answers show it: nothing in a bucket without versions. */
export function shownVersion({versionId}: {readonly versionId: string}, versioned: boolean): string | undefined {
  return versioned ? versionId : undefined;
}
