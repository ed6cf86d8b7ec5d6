import {invalid} from './submission.ts';

/** One page of a list; the token is the position after it. */
export function page<T>(
  entries: readonly T[],
  token: string | undefined,
  size = 100,
): {readonly entries: readonly T[]; readonly NextToken?: string} {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) throw invalid('Invalid NextToken');
  const end = start + size;
  return {entries: entries.slice(start, end), ...(end < entries.length ? {NextToken: String(end)} : {})};
}
