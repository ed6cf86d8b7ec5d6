import {listPage} from '../../list-page.ts';
import {invalid} from './errors.ts';

export function pageOf<T>(
  entries: readonly T[],
  {
    NextToken: token,
    MaxResults = 100,
  }: {readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined},
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  if (MaxResults < 1 || MaxResults > 100) throw invalid('MaxResults must be from 1 to 100.');
  const refusal = () => invalid('Invalid NextToken.');
  const {page, next: NextToken} = listPage(entries, {token, length: MaxResults}, refusal);
  return {page, NextToken};
}
