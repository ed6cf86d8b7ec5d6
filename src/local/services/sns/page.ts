const pageSize = 100;

/** SNS's lists have pages of a hundred, and no say in it. */
export function pageOf<T>(
  entries: readonly T[],
  token: string | undefined,
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const start = Number(token ?? 0) || 0;
  const end = start + pageSize;
  return {page: entries.slice(start, end), NextToken: end < entries.length ? String(end) : undefined};
}
