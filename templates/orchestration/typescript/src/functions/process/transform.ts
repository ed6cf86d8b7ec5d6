import type {Order} from '../../lib/order.ts';

/** The order in the legacy system's own words. */
export interface LegacyOrder {
  readonly CUST_NO: string;
  readonly PROD_CD: string;
  readonly QTY: number;
  readonly REMARK: string;
  readonly EXT_REF: string;
}

export function transform({customer, product, quantity, note = ''}: Order, requestId: string): LegacyOrder {
  return {CUST_NO: customer, PROD_CD: product.toUpperCase(), QTY: quantity, REMARK: note, EXT_REF: requestId};
}
