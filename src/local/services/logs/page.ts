import {listPage} from '../../list-page.ts';
import {ServiceError} from '../../service-error.ts';

/** One page of a list that is already in order, of 50 where nothing is asked for. */
export function pageOf<T>(
  entries: readonly T[],
  {nextToken: token, limit = 50}: {readonly nextToken?: string | undefined; readonly limit?: number | undefined},
): {readonly page: readonly T[]; readonly nextToken: string | undefined} {
  const refusal = () => new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  const {page, next: nextToken} = listPage(entries, {token, length: limit}, refusal);
  return {page, nextToken};
}
