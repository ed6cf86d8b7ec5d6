/**
 * One page of a list that is in order. The token is the place of the next page's first entry; `refusal` is the service's
 * own error for one that was never given out.
 */
export function listPage<T>(
  entries: readonly T[],
  {token, length}: {readonly token: string | undefined; readonly length: number},
  refusal: () => Error,
): {readonly page: readonly T[]; readonly next: string | undefined} {
  const start = Number(token ?? '0');
  if (!Number.isInteger(start) || start < 0) throw refusal();
  const end = start + length;
  return {page: entries.slice(start, end), next: end < entries.length ? String(end) : undefined};
}
