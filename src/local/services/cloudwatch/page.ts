import {ServiceError} from '../../service-error.ts';

/** One page of a list that is already in order; the token is the place of the next page's first entry. */
export function pageOf<T>(
  entries: readonly T[],
  size: number,
  nextToken: string | undefined,
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const start = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(start) || start < 0) throw new ServiceError('InvalidNextToken', 'The next token is invalid.');
  const end = start + size;
  return {page: entries.slice(start, end), NextToken: end < entries.length ? String(end) : undefined};
}
