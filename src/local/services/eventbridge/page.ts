import {invalid} from './errors.ts';

export function pageOf<T>(
  entries: readonly T[],
  {NextToken, Limit = 100}: {readonly NextToken?: string | undefined; readonly Limit?: number | undefined},
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const start = NextToken === undefined ? 0 : Number(NextToken);
  if (!Number.isInteger(start) || start < 0) throw invalid('The NextToken is not valid.');
  if (Limit < 1 || Limit > 100) throw invalid('Limit must be from 1 to 100.');
  const end = start + Limit;
  return {page: entries.slice(start, end), NextToken: end < entries.length ? String(end) : undefined};
}
