import {listPage} from '../../list-page.ts';
import {invalid} from './submission.ts';

/** CloudFormation's lists cannot be asked for a length. */
export function page<T>(
  entries: readonly T[],
  token: string | undefined,
): {readonly entries: readonly T[]; readonly NextToken?: string} {
  const {page: found, next} = listPage(entries, {token, length: 100}, () => invalid('Invalid NextToken'));
  return {entries: found, ...(next !== undefined && {NextToken: next})};
}
