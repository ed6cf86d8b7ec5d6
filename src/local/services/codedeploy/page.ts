import {exception} from './errors.ts';

/** CodeDeploy's lists cannot be asked for a length. */
const pageLength = 100;

export function pageOf<T>(entries: readonly T[], token: string | undefined) {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) throw exception('InvalidNextToken', 'The next token is not valid.');
  const end = start + pageLength;
  return {page: entries.slice(start, end), nextToken: end < entries.length ? String(end) : undefined};
}
