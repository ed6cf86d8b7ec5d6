import {ServiceError} from '../../service-error.ts';
import {integer, string} from '../../shape.ts';

export const pageMembers = {MaxResults: integer, NextToken: string};

/** One page; the token is the place of the next page's first entry. */
export function pageOf<T>(
  entries: readonly T[],
  {MaxResults, NextToken}: {readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined},
  most: number,
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const start = Number(NextToken ?? '0');
  if (!Number.isInteger(start) || start < 0)
    throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  const end = start + Math.min(MaxResults ?? most, most);
  return {page: entries.slice(start, end), NextToken: end < entries.length ? String(end) : undefined};
}
