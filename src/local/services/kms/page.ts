import {ServiceError} from '../../service-error.ts';
import {integer, string} from '../../shape.ts';

export const pageMembers = {Limit: integer, Marker: string};

/** One page; the marker is the place of the next page's first entry. */
export function pageOf<T>(
  entries: readonly T[],
  {Limit = 50, Marker}: {readonly Limit?: number | undefined; readonly Marker?: string | undefined},
): {readonly page: readonly T[]; readonly Truncated: boolean; readonly NextMarker: string | undefined} {
  const start = Number(Marker ?? '0');
  if (!Number.isInteger(start) || start < 0)
    throw new ServiceError('InvalidMarkerException', 'The marker is not one that was given out.');
  const end = start + Limit;
  const Truncated = end < entries.length;
  return {page: entries.slice(start, end), Truncated, NextMarker: Truncated ? String(end) : undefined};
}
