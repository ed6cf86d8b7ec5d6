import {validationError} from './errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly IsTruncated: boolean;
  readonly Marker: string | undefined;
}

/** One page of a list, in the order of its keys; the marker is the last key of the page before. */
export function page<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  {Marker, MaxItems = 100}: {readonly Marker?: string | undefined; readonly MaxItems?: number | undefined},
): Page<T> {
  if (!Number.isInteger(MaxItems) || MaxItems < 1 || MaxItems > 1000)
    throw validationError(
      `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    );
  const after = Marker === undefined ? undefined : decode(Marker);
  const sorted = [...items]
    .map(item => ({key: keyOf(item), item}))
    .filter(({key}) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const taken = sorted.slice(0, MaxItems);
  const truncated = taken.length < sorted.length;
  return {
    items: taken.map(({item}) => item),
    IsTruncated: truncated,
    Marker: truncated ? Buffer.from(taken.at(-1)!.key).toString('base64') : undefined,
  };
}

function decode(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString();
  if (Buffer.from(text).toString('base64') !== marker) throw validationError('Invalid Marker.');
  return text;
}
