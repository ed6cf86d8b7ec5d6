import {listPage} from '../../list-page.ts';
import {invalidParameter} from './errors.ts';

/** SNS's lists have pages of a hundred, and no say in it. */
export function pageOf<T>(
  entries: readonly T[],
  token: string | undefined,
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const {page, next: NextToken} = listPage(entries, {token, length: 100}, () => invalidParameter('NextToken'));
  return {page, NextToken};
}
