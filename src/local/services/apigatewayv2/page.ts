import {badRequest} from './errors.ts';

/** Where a list goes on. */
export interface PageInput {
  readonly maxResults?: string | undefined;
  readonly nextToken?: string | undefined;
}

/** API Gateway's lists: both parameters are text. */
export function page<T>(
  all: readonly T[],
  {maxResults = '100', nextToken}: PageInput,
): {readonly items: readonly T[]; readonly nextToken?: string} {
  const size = Number(maxResults);
  if (!Number.isInteger(size) || size < 1) throw badRequest(`Invalid maxResults ${maxResults}`);
  const start = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw badRequest(`Invalid nextToken ${nextToken}`);
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && {nextToken: Buffer.from(String(end)).toString('base64url')}),
  };
}
