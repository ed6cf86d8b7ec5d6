import {listPage} from '../../list-page.ts';
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
  const length = Number(maxResults);
  if (!Number.isInteger(length) || length < 1) throw badRequest(`Invalid maxResults ${maxResults}`);
  const token = nextToken === undefined ? undefined : Buffer.from(nextToken, 'base64url').toString();
  const found = listPage(all, {token, length}, () => badRequest(`Invalid nextToken ${nextToken}`));
  return {
    items: found.page,
    ...(found.next !== undefined && {nextToken: Buffer.from(found.next).toString('base64url')}),
  };
}
