import {listPage} from '../../list-page.ts';
import {ServiceError} from '../../service-error.ts';
import {integer, string} from '../../shape.ts';

export const pageMembers = {MaxResults: integer, NextToken: string};

export function pageOf<T>(
  entries: readonly T[],
  {MaxResults, NextToken: token}: {readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined},
  most: number,
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const refusal = () => new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  const {page, next: NextToken} = listPage(entries, {token, length: Math.min(MaxResults ?? most, most)}, refusal);
  return {page, NextToken};
}
