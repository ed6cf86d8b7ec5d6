import {ServiceError} from '../../service-error.ts';

/** One page of a list that is already in order; the token is the place of the next page's first entry. */
export function pageOf<T>(
  entries: readonly T[],
  {nextToken, limit}: {readonly nextToken?: string | undefined; readonly limit: number},
): {readonly page: readonly T[]; readonly nextToken: string | undefined} {
  const start = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(start) || start < 0)
    throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  const end = start + limit;
  return {page: entries.slice(start, end), nextToken: end < entries.length ? String(end) : undefined};
}
