import type {QueryCost} from '../inventory/account/measured-starts.ts';
import {byteSize} from '../model/byte-size.ts';
import {counted} from '../model/counted.ts';

/** Said before it runs. */
export function costText({groups, bytes}: QueryCost): string {
  return `Logs Insights reads about ${byteSize(bytes)} of ${counted(groups, 'log group')}, which AWS charges by the GB`;
}
