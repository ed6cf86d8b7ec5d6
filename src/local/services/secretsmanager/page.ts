import {ServiceError} from '../../service-error.ts';
import {integer, string} from '../../shape.ts';

export const pageMembers = {MaxResults: integer, NextToken: string};

/** One page; the token is the place of the next page's first entry. */
export function pageOf<T>(
  entries: readonly T[],
  {MaxResults = 100, NextToken}: {readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined},
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const start = Number(NextToken ?? '0');
  if (!Number.isInteger(start) || start < 0)
    throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
  const end = start + MaxResults;
  return {page: entries.slice(start, end), NextToken: end < entries.length ? String(end) : undefined};
}
