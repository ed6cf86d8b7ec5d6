import {listPage} from '../../list-page.ts';
import {ServiceError} from '../../service-error.ts';

/** One page of a list that is already in order. */
export function pageOf<T>(
  entries: readonly T[],
  length: number,
  token: string | undefined,
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const refusal = () => new ServiceError('InvalidNextToken', 'The next token is invalid.');
  const {page, next: NextToken} = listPage(entries, {token, length}, refusal);
  return {page, NextToken};
}
