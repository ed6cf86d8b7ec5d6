import {checkRange, invalidParameter} from './errors.ts';

/** Lambda's lists: at most 50 at a time, the marker says where the next page begins. */
export function page<T>(
  all: readonly T[],
  {Marker, MaxItems}: {readonly Marker?: string | undefined; readonly MaxItems?: number | undefined},
): {readonly items: readonly T[]; readonly NextMarker?: string} {
  checkRange('maxItems', MaxItems, 1, 10_000);
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) throw invalidParameter(`Invalid marker: ${Marker}`);
  const end = start + Math.min(MaxItems ?? 50, 50);
  return {
    items: all.slice(start, end),
    ...(end < all.length && {NextMarker: Buffer.from(String(end)).toString('base64')}),
  };
}
