import type {RequestContext} from '../../operation.ts';

/** On the gateway's own host: SDKs send the next request to the host of the URL. */
export function queueUrl({endpoint, account}: RequestContext, name: string): string {
  return `${endpoint}/${account}/${name}`;
}
