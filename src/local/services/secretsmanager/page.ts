import {listPage} from '../../list-page.ts';
import {ServiceError} from '../../service-error.ts';
import {integer, string} from '../../shape.ts';

export const pageMembers = {MaxResults: integer, NextToken: string};

export function pageOf<T>(
  entries: readonly T[],
  {
    MaxResults = 100,
    NextToken: token,
  }: {readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined},
): {readonly page: readonly T[]; readonly NextToken: string | undefined} {
  const refusal = () => new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
  const {page, next: NextToken} = listPage(entries, {token, length: MaxResults}, refusal);
  return {page, NextToken};
}
