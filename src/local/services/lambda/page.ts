import {listPage} from '../../list-page.ts';
import {checkRange, invalidParameter} from './errors.ts';

/** Lambda's lists: at most 50 at a time, the marker says where the next page begins. */
export function page<T>(
  all: readonly T[],
  {Marker, MaxItems}: {readonly Marker?: string | undefined; readonly MaxItems?: number | undefined},
): {readonly items: readonly T[]; readonly NextMarker?: string} {
  checkRange('maxItems', MaxItems, 1, 10_000);
  const token = Marker === undefined ? undefined : Buffer.from(Marker, 'base64').toString();
  const length = Math.min(MaxItems ?? 50, 50);
  const found = listPage(all, {token, length}, () => invalidParameter(`Invalid marker: ${Marker}`));
  return {
    items: found.page,
    ...(found.next !== undefined && {NextMarker: Buffer.from(found.next).toString('base64')}),
  };
}
