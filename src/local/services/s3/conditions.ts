import {ServiceError} from '../../service-error.ts';
import {string, timestamp} from '../../shape.ts';
import {preconditionFailed} from './errors.ts';
import type {ObjectVersion, StoredVersion} from './object.ts';

export const readConditionMembers = {
  IfMatch: string,
  IfNoneMatch: string,
  IfModifiedSince: timestamp,
  IfUnmodifiedSince: timestamp,
};

export const readConditionHeaders = {
  IfMatch: 'If-Match',
  IfNoneMatch: 'If-None-Match',
  IfModifiedSince: 'If-Modified-Since',
  IfUnmodifiedSince: 'If-Unmodified-Since',
} as const;

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** An ETag condition that holds makes the date beside it not count, as RFC 7232 and S3 have it. */
export function checkRead({etag, lastModified}: ObjectVersion, conditions: ReadConditions): void {
  const problem = failedCondition(etag, lastModified, conditions);
  if (problem === undefined) return;
  if (problem === 'If-Match' || problem === 'If-Unmodified-Since') throw preconditionFailed(problem);
  throw new ServiceError('NotModified', 'Not Modified', {status: 304});
}

/** For the source of a copy every condition that fails is a failed precondition. */
export function checkCopySource({etag, lastModified}: ObjectVersion, conditions: ReadConditions): void {
  const problem = failedCondition(etag, lastModified, conditions);
  if (problem !== undefined) throw preconditionFailed(`x-amz-copy-source-${problem}`);
}

/** `current` is what the write would take the place of, at the moment at which it does. */
export function checkWrite(
  current: StoredVersion | undefined,
  {IfMatch, IfNoneMatch}: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>,
): void {
  const existing = current?.deleteMarker ? undefined : current;
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*')
    throw new ServiceError('NotImplemented', 'A header you provided implies functionality that is not implemented', {
      status: 501,
      members: {Header: 'If-None-Match'},
    });
  if (IfNoneMatch === '*' && existing !== undefined) throw preconditionFailed('If-None-Match');
  if (IfMatch === undefined) return;
  if (existing === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', {status: 404});
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed('If-Match');
}

function failedCondition(
  etag: string,
  lastModified: number,
  {IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince}: ReadConditions,
): string | undefined {
  // HTTP dates have no milliseconds.
  const modified = Math.floor(lastModified / 1000) * 1000;
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, etag)) return 'If-Match';
  } else if (IfUnmodifiedSince !== undefined && modified > IfUnmodifiedSince.getTime()) return 'If-Unmodified-Since';
  if (IfNoneMatch !== undefined) return matches(IfNoneMatch, etag) ? 'If-None-Match' : undefined;
  if (IfModifiedSince !== undefined && modified <= IfModifiedSince.getTime()) return 'If-Modified-Since';
  return undefined;
}

function matches(list: string, etag: string): boolean {
  return list.split(',').some(item => {
    const wanted = item.trim().replace(/^W\//, '').replaceAll('"', '');
    return wanted === '*' || wanted === etag;
  });
}
