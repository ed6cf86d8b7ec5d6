import {listPage} from '../../list-page.ts';
import {invalid} from './errors.ts';

export function pageOf<T>(
  entries: readonly T[],
  {NextToken: token, Limit = 100}: {readonly NextToken?: string | undefined; readonly Limit?: number | undefined},
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  if (Limit < 1 || Limit > 100) throw invalid('Limit must be from 1 to 100.');
  const refusal = () => invalid('The NextToken is not valid.');
  const {page, next: NextToken} = listPage(entries, {token, length: Limit}, refusal);
  return {page, NextToken};
}
