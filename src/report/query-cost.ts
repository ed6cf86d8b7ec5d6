import type {QueryCost} from '../inventory/account/measured-starts.ts';
import {byteSize} from '../model/byte-size.ts';

/** Said before it runs. */
export function costText({groups, bytes: count}: QueryCost): string {
  const where = groups === 1 ? '1 log group' : `${groups} log groups`;
  return `Logs Insights reads about ${byteSize(count)} of ${where}, which AWS charges by the GB`;
}
