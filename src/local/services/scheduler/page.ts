import {invalid} from './errors.ts';

export function pageOf<T>(
  entries: readonly T[],
  {NextToken, MaxResults = 100}: {readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined},
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const start = NextToken === undefined ? 0 : Number(NextToken);
  if (!Number.isInteger(start) || start < 0) throw invalid('Invalid NextToken.');
  if (MaxResults < 1 || MaxResults > 100) throw invalid('MaxResults must be from 1 to 100.');
  const end = start + MaxResults;
  return {page: entries.slice(start, end), NextToken: end < entries.length ? String(end) : undefined};
}
