import {invalidParameter} from './errors.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** A page of at most `MaxResults` items; without it up to 1000, and then no token, as SQS does it. */
export function page<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  {MaxResults, NextToken}: {readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined},
): Page<T> {
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > 1000))
    throw invalidParameter(
      `Value ${MaxResults} for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.`,
    );
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString();
  const sorted = items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const rest = after === undefined ? sorted : sorted.filter(item => nameOf(item) > after);
  const shown = rest.slice(0, MaxResults ?? 1000);
  const last = shown.at(-1);
  if (MaxResults === undefined || last === undefined || shown.length === rest.length) return {items: shown};
  return {items: shown, nextToken: Buffer.from(nameOf(last)).toString('base64url')};
}
