import {listPage} from '../../list-page.ts';
import {exception} from './errors.ts';

/** CodeDeploy's lists cannot be asked for a length. */
export function pageOf<T>(entries: readonly T[], token: string | undefined) {
  const refusal = () => exception('InvalidNextToken', 'The next token is not valid.');
  const {page, next: nextToken} = listPage(entries, {token, length: 100}, refusal);
  return {page, nextToken};
}
