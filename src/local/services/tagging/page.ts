import {invalidParameter} from './errors.ts';
import type {TaggedResource} from './store.ts';

/** One page in the order of the ARNs; the token is the last of them. */
export function pageOf(
  resources: readonly TaggedResource[],
  {
    ResourcesPerPage = 50,
    PaginationToken = '',
  }: {readonly ResourcesPerPage?: number | undefined; readonly PaginationToken?: string | undefined},
): {readonly page: readonly TaggedResource[]; readonly token?: string} {
  if (ResourcesPerPage < 1 || ResourcesPerPage > 100)
    throw invalidParameter('ResourcesPerPage must be an integer between 1 and 100');
  const after = Buffer.from(PaginationToken, 'base64url').toString();
  if (after !== '' && !after.startsWith('arn:')) throw invalidParameter('The PaginationToken is invalid');
  const rest = resources.filter(({arn}) => arn > after).sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const page = rest.slice(0, ResourcesPerPage);
  const last = page.at(-1);
  return page.length === rest.length || last === undefined
    ? {page}
    : {page, token: Buffer.from(last.arn).toString('base64url')};
}
