import {listPage} from '../../list-page.ts';
import {ServiceError} from '../../service-error.ts';
import {integer, string} from '../../shape.ts';

export const pageMembers = {Limit: integer, Marker: string};

export function pageOf<T>(
  entries: readonly T[],
  {Limit = 50, Marker}: {readonly Limit?: number | undefined; readonly Marker?: string | undefined},
): {readonly page: readonly T[]; readonly Truncated: boolean; readonly NextMarker: string | undefined} {
  const refusal = () => new ServiceError('InvalidMarkerException', 'The marker is not one that was given out.');
  const {page, next: NextMarker} = listPage(entries, {token: Marker, length: Limit}, refusal);
  return {page, Truncated: NextMarker !== undefined, NextMarker};
}
