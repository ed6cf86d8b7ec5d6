import type {ObjectSchema} from './validate.ts';

/** What a client may ask for. The legacy system's own form of it is made in `process/transform.ts`. */
export interface Order {
  readonly customer: string;
  readonly product: string;
  readonly quantity: number;
  readonly note?: string;
}

export const orderSchema: ObjectSchema<Order> = {
  customer: {type: 'string', pattern: /^[A-Z0-9-]{3,32}$/},
  product: {type: 'string', pattern: /^[a-z0-9-]{2,64}$/},
  quantity: {type: 'integer', minimum: 1, maximum: 1000},
  note: {type: 'string', maximumLength: 500, optional: true},
};
