import {randomBytes} from 'node:crypto';
import type {Collection, State} from '../../state.ts';
import type {Blobs} from './blobs.ts';
import {noSuchUpload} from './errors.ts';
import type {Checksums, Content, StoredPart} from './object.ts';

/** A multipart upload that is neither completed nor aborted. */
export interface Upload extends Content {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedAt: number;
  /** `CRC32`: what the parts are checked by. */
  readonly checksumAlgorithm?: string;
}

export interface UploadedPart extends StoredPart {
  readonly uploadId: string;
  readonly number: number;
  readonly md5: string;
  readonly checksums: Checksums;
  readonly lastModified: number;
}

export class Uploads {
  readonly #state: State;
  readonly #blobs: Blobs;
  readonly #uploads: Collection<Upload>;
  readonly #parts: Collection<UploadedPart>;

  constructor(state: State, blobs: Blobs) {
    this.#state = state;
    this.#blobs = blobs;
    this.#uploads = state.collection('s3 uploads');
    this.#parts = state.collection('s3 parts');
  }

  create(upload: Omit<Upload, 'id'>): Upload {
    const created = {...upload, id: randomBytes(32).toString('base64url')};
    this.#uploads.set(created.id, created);
    return created;
  }

  find({Bucket, Key, UploadId}: {readonly Bucket: string; readonly Key: string; readonly UploadId: string}): Upload {
    const upload = this.#uploads.get(UploadId);
    if (upload?.bucket !== Bucket || upload.key !== Key) throw noSuchUpload(UploadId);
    return upload;
  }

  /** A part with the same number takes the place of the earlier one. */
  savePart(part: UploadedPart): void {
    const key = partKey(part.uploadId, part.number);
    const replaced = this.#parts.get(key);
    this.#parts.set(key, part);
    if (replaced !== undefined) this.#blobs.remove([replaced]);
  }

  /** In the order of their numbers. */
  partsOf(upload: Upload): UploadedPart[] {
    return [...this.#parts.values()].filter(({uploadId}) => uploadId === upload.id).sort((a, b) => a.number - b.number);
  }

  /** Forgets the upload inside the caller's transaction; the parts' files stay. */
  forget(upload: Upload): void {
    this.#uploads.delete(upload.id);
    for (const part of this.partsOf(upload)) this.#parts.delete(partKey(upload.id, part.number));
  }

  abort(upload: Upload): void {
    const parts = this.partsOf(upload);
    this.#state.transaction(() => this.forget(upload));
    this.#blobs.remove(parts);
  }

  of(bucket: string): Upload[] {
    return [...this.#uploads.values()].filter(upload => upload.bucket === bucket);
  }

  *files(): IterableIterator<string> {
    for (const {file} of this.#parts.values()) yield file;
  }
}

function partKey(uploadId: string, number: number): string {
  return `${uploadId}/${String(number).padStart(5, '0')}`;
}
